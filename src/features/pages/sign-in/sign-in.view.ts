import type { ProblemError } from '../../../platform/problems/problem.js';
import type { ProviderList } from '../../identities/identity.schemas.js';
import { html } from '../page/html.js';
import { pathWith } from '../page/own-path.js';
import type { View } from '../page/page-answer.js';
import { alert, field, hiddenFields, notice } from '../layout/fields.js';
import { noticeOf } from '../layout/notices.js';
import { type FailedProof, proofForms } from '../layout/proof-forms.js';
import { passkeyForm } from '../layout/passkey-form.js';
import { fieldErrors, formError } from '../layout/problem-texts.js';

interface SignInModel {
  readonly next?: string | undefined;
  readonly email?: string | undefined;
  readonly notice?: string | undefined;
  readonly problem?: ProblemError | undefined;
  /** Whether a passkey was refused. */
  readonly passkeyFailed?: boolean | undefined;
  readonly providers: ProviderList['items'];
}

/** Address and password, and the other ways in. */
export const signInView: View<SignInModel> = (
  { next, email, notice: done, problem, passkeyFailed, providers },
  context,
) => {
  const { t } = context;
  const errors = fieldErrors(problem, t);
  return {
    title: t.signIn,
    script: 'passkeys',
    body: html`<section class="card">
      <h1>${t.signIn}</h1>
      ${notice(noticeOf(done, t))}
      ${alert(passkeyFailed ? t.passkeyFailed : formError(problem, context))}
      <form method="post" action="/sign-in" novalidate>
        ${hiddenFields(context, { next })}
        ${field({ name: 'email', label: t.email, type: 'email', value: email ?? '', autocomplete: 'username webauthn', error: errors['email'] })}
        ${field({ name: 'password', label: t.password, type: 'password', autocomplete: 'current-password', error: errors['password'] })}
        <p class="aside"><a href="/forgot-password">${t.forgotPassword}</a></p>
        <button class="primary">${t.signIn}</button>
      </form>
      <p class="or">${t.or}</p>
      <div class="ways">
        ${passkeyForm({ action: '/sign-in/passkey', options: '/auth/passkey/options', ceremony: 'get', button: t.signInWithPasskey, values: { next, email: '' }, autofill: true }, context)}
        ${providers.map(({ id, label }) => html`<a class="button secondary" href="${pathWith(`/auth/oidc/${encodeURIComponent(id)}`, { next })}">${t.signInWith(label)}</a>`)}
      </div>
      <p class="foot">
        ${t.noAccountYet} <a href="${pathWith('/sign-up', { next })}">${t.signUp}</a>
      </p>
    </section>`,
  };
};

interface FactorModel {
  readonly next: string | undefined;
  /** Types of factors that the account has. */
  readonly factors: readonly string[];
  readonly failed?: FailedProof | undefined;
}

/** The second step: a code, or what replaces it. */
export const factorView: View<FactorModel> = ({ next, factors, failed }, context) => {
  const { t } = context;
  const forms = {
    action: '/sign-in/factor',
    options: '/sign-in/factor/options',
    button: t.goOn,
    values: { next },
    factors,
    failed,
  };
  return {
    title: t.secondStep,
    script: 'passkeys',
    body: html`<section class="card">
      <div class="head">
        <h1>${t.secondStep}</h1>
        <p class="lead">${t.secondStepLead}</p>
      </div>
      ${proofForms(forms, context)}
      <p class="foot"><a href="${pathWith('/sign-in', { next })}">${t.startAgain}</a></p>
    </section>`,
  };
};
