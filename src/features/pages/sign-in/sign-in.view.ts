import type { ProblemError } from '../../../platform/problems/problem.js';
import type { ProviderList } from '../../identities/identity.schemas.js';
import { html } from '../page/html.js';
import { pathWith } from '../page/own-path.js';
import type { View } from '../page/page-answer.js';
import { alert, field, hiddenFields, notice } from '../layout/fields.js';
import { noticeText } from '../layout/notices.js';
import { fieldErrors, formError } from '../layout/problem-texts.js';

interface SignInModel {
  readonly next?: string | undefined;
  readonly email?: string | undefined;
  readonly notice?: string | undefined;
  readonly problem?: ProblemError | undefined;
  readonly providers: ProviderList['items'];
}

/** Address and password, and the other ways in. */
export const signInView: View<SignInModel> = (
  { next, email, notice: done, problem, providers },
  context,
) => {
  const { t } = context;
  const errors = fieldErrors(problem, t);
  return {
    title: t.signIn,
    script: 'passkeys',
    body: html`<section class="card">
      <h1>${t.signIn}</h1>
      ${notice(noticeText(done, t))} ${alert(formError(problem, t))}
      <form method="post" action="/sign-in" novalidate>
        ${hiddenFields(context, { next })}
        ${field({ name: 'email', label: t.email, type: 'email', value: email ?? '', autocomplete: 'username webauthn', error: errors['email'] })}
        ${field({ name: 'password', label: t.password, type: 'password', autocomplete: 'current-password', error: errors['password'] })}
        <p class="aside"><a href="/forgot-password">${t.forgotPassword}</a></p>
        <button class="primary">${t.signIn}</button>
      </form>
      ${
        providers.length > 0 &&
        html`<p class="or">${t.or}</p>
          <div class="ways">
            ${providers.map(({ id, label }) => html`<a class="button secondary" href="${pathWith(`/auth/oidc/${encodeURIComponent(id)}`, { next })}">${t.signInWith(label)}</a>`)}
          </div>`
      }
      <p class="foot">
        ${t.noAccountYet} <a href="${pathWith('/sign-up', { next })}">${t.signUp}</a>
      </p>
    </section>`,
  };
};

interface FactorModel {
  readonly next: string | undefined;
  /** Types of the account's factors. */
  readonly factors: readonly string[];
  readonly problem?: ProblemError | undefined;
}

/** The second step: a code, or what replaces it. */
export const factorView: View<FactorModel> = ({ next, problem }, context) => {
  const { t } = context;
  const errors = fieldErrors(problem, t);
  const wrong = problem?.code === 'auth.invalid-credentials' ? t.codeWrong : errors['code'];
  return {
    title: t.secondStep,
    script: 'passkeys',
    body: html`<section class="card">
<h1>${t.secondStep}</h1>
<p class="lead">${t.secondStepLead}</p>
<form method="post" action="/sign-in/factor" novalidate>
${hiddenFields(context, { next })}
${field({ name: 'code', label: t.code, autocomplete: 'one-time-code', inputmode: 'numeric', error: wrong, hint: t.codeHint })}
<button class="primary">${t.goOn}</button>
</form>
<details${errors['recovery_code'] !== undefined && html` open`}>
<summary>${t.useRecoveryCode}</summary>
<form method="post" action="/sign-in/factor" novalidate>
${hiddenFields(context, { next })}
${field({ name: 'recovery_code', label: t.recoveryCode, autocomplete: 'off', error: errors['recovery_code'], hint: t.recoveryCodeHint })}
<button class="secondary">${t.goOn}</button>
</form>
</details>
<p class="foot"><a href="${pathWith('/sign-in', { next })}">${t.startAgain}</a></p>
</section>`,
  };
};
