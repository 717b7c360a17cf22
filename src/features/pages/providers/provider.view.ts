import type { ProblemError } from '../../../platform/problems/problem.js';
import { ProviderFault } from '../../identities/providers/oidc-provider.js';
import { html } from '../page/html.js';
import { pathWith, wantedPath } from '../page/own-path.js';
import type { View, ViewContext } from '../page/page-answer.js';
import { alert } from '../layout/fields.js';
import { formError } from '../layout/problem-texts.js';

interface ProviderProblemModel {
  readonly problem: ProblemError;
  readonly label: string;
  readonly next: string | undefined;
}

/** A sign-in by provider that led nowhere. */
export const providerProblemView: View<ProviderProblemModel> = (
  { problem, label, next },
  context,
) => {
  const { t, signedIn } = context;
  return {
    title: t.signInWith(label),
    body: html`<section class="card">
      <h1>${t.signInWith(label)}</h1>
      ${alert(textOf(problem, label, context))}
      <p class="foot">
        ${signedIn ? html`<a href="/account/security">${t.security}</a>` : html`<a href="${pathWith('/sign-in', { next: wantedPath(next) })}">${t.backToSignIn}</a>`}
      </p>
    </section>`,
  };
};

/** Who gave up at the provider, or was refused there, was not too late. */
function textOf(
  problem: ProblemError,
  label: string,
  context: Pick<ViewContext, 't' | 'language'>,
): string | undefined {
  const { t } = context;
  if (problem.cause instanceof ProviderFault) return t.notConfirmedBy(label);
  return problem.code === 'auth.invalid-credentials'
    ? t.somethingWrong
    : formError(problem, context);
}

/** Leads to a provider. */
export const leaveView: View<{ url: string }> = ({ url }, { t }) => ({
  title: t.linkTitle,
  refresh: url,
  body: html`<section class="card">
    <h1>${t.linkTitle}</h1>
    <a class="button primary" href="${url}">${t.goOn}</a>
    <p class="foot"><a href="/account/security">${t.security}</a></p>
  </section>`,
});
