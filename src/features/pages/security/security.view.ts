import type { Failure, SecurityForm, SecurityModel } from './security.model.js';
import type { Messages } from '../messages/en.js';
import { html, type Html } from '../page/html.js';
import type { View, ViewContext } from '../page/page-answer.js';
import { alert, field, hiddenFields, notice } from '../layout/fields.js';
import { noticeText } from '../layout/notices.js';
import { fieldErrors, formError } from '../layout/problem-texts.js';
import { currentPassword, factorsPanel, identitiesPanel, sessionsPanel } from './security-lists.js';

export const securityView: View<SecurityModel> = (model, context) => {
  const { t } = context;
  const failure = (form: SecurityForm) => failureOf(model, form, t);
  return {
    title: t.securityTitle,
    frame: 'account',
    script: 'passkeys',
    body: html`<h1>${t.securityTitle}</h1>
      ${notice(noticeText(model.notice, t))}
      <div class="panels">
        ${model.needsProof && confirmPanel(model, failure('confirm'), context)}
        ${!model.needsProof && passwordPanel(model, failure('password'), context)}
        ${factorsPanel(model, failure, context)}
        ${identitiesPanel(model, failure('identities'), context)}
        ${sessionsPanel(model, failure('sessions'), context)}
      </div>`,
  };
};

function failureOf({ failed }: SecurityModel, form: SecurityForm, t: Messages): Failure {
  const problem = failed?.form === form ? failed.problem : undefined;
  return { fields: fieldErrors(problem, t), form: formError(problem, t) };
}

/** The second factor, before anything can be changed. */
function confirmPanel({ factors }: SecurityModel, failure: Failure, context: ViewContext): Html {
  const { t } = context;
  const has = (type: string) => factors.some((factor) => factor.type === type);
  const wrong = failure.form === t.credentialsWrong ? t.codeWrong : failure.form;
  const action = '/account/security/confirm';
  return html`<section class="panel" id="confirm">
    <div class="head">
      <h2>${t.confirmTitle}</h2>
      <p class="note">${t.confirmLead}</p>
    </div>
    ${alert(wrong)}
    ${
      has('totp') &&
      html`<form method="post" action="${action}" novalidate>
        ${hiddenFields(context)}
        ${field({ name: 'code', label: t.code, autocomplete: 'one-time-code', inputmode: 'numeric', error: failure.fields['code'] })}
        <button class="primary">${t.confirm}</button>
      </form>`
    }
    ${
      has('recovery_codes') &&
      html`<details${failure.fields['recovery_code'] !== undefined && html` open`}>
<summary>${t.useRecoveryCode}</summary>
<form method="post" action="${action}" novalidate>
${hiddenFields(context)}
${field({ name: 'recovery_code', label: t.recoveryCode, autocomplete: 'off', error: failure.fields['recovery_code'], hint: t.recoveryCodeHint })}
<button class="secondary">${t.confirm}</button>
</form>
</details>`
    }
  </section>`;
}

function passwordPanel(model: SecurityModel, failure: Failure, context: ViewContext): Html {
  const { t } = context;
  return html`<section class="panel">
    <div class="head">
      <h2>${t.password}</h2>
      <p class="note">${model.hasPassword ? t.passwordLead : t.passwordNone}</p>
    </div>
    ${alert(failure.form)}
    ${
      model.hasPassword
        ? html`<form method="post" action="/account/security/password" novalidate>
            ${hiddenFields(context)} ${currentPassword('change', model, failure, context)}
            ${field({ name: 'password', label: t.newPassword, type: 'password', autocomplete: 'new-password', error: failure.fields['password'], hint: t.passwordHint })}
            <button class="primary">${t.changePassword}</button>
          </form>`
        : html`<a class="button secondary start" href="/forgot-password">${t.sendLink}</a>`
    }
  </section>`;
}
