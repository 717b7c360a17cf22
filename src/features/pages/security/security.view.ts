import type { Failure, SecurityForm, SecurityModel } from './security.model.js';
import { html, type Html } from '../page/html.js';
import type { View, ViewContext } from '../page/page-answer.js';
import { alert, field, hiddenFields, notice } from '../layout/fields.js';
import { noticeOf } from '../layout/notices.js';
import { fieldErrors, formError } from '../layout/problem-texts.js';
import { proofForms } from '../layout/proof-forms.js';
import { currentPassword } from './new-factors.js';
import { factorsPanel } from './factors-panel.js';
import { identitiesPanel, pendingLinkPanel } from './identities-panel.js';
import { sessionsPanel } from './sessions-panel.js';

export const securityView: View<SecurityModel> = (model, context) => {
  const { t } = context;
  const failureOf = (form: SecurityForm) => failureIn(model, form, context);
  return {
    title: t.securityTitle,
    frame: 'account',
    script: 'passkeys',
    body: html`<h1>${t.securityTitle}</h1>
      ${notice(noticeOf(model.notice, t))}
      <div class="panels">
        ${model.needsProof && confirmPanel(model, context)}
        ${pendingLinkPanel(model, failureOf, context)}
        ${!model.needsProof && passwordPanel(model, failureOf('password'), context)}
        ${factorsPanel(model, failureOf, context)} ${identitiesPanel(model, failureOf, context)}
        ${sessionsPanel(model, failureOf('sessions'), context)}
      </div>`,
  };
};

function failureIn({ failed }: SecurityModel, form: SecurityForm, context: ViewContext): Failure {
  const problem = failed?.name === form ? failed.problem : undefined;
  return { fields: fieldErrors(problem, context.t), form: formError(problem, context) };
}

/** The second factor, before anything can be changed. */
function confirmPanel({ factors, failed }: SecurityModel, context: ViewContext): Html {
  const { t } = context;
  return html`<section class="panel" id="confirm">
    <div class="head">
      <h2>${t.confirmTitle}</h2>
      <p class="note">${t.confirmLead}</p>
    </div>
    ${proofForms(
      {
        action: '/account/security/confirm',
        options: '/auth/step-up/options',
        button: t.confirm,
        factors: factors.map(({ type }) => type),
        failed: failed?.name === 'confirm' ? failed : undefined,
      },
      context,
    )}
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
