import type { ProblemError } from '../../../platform/problems/problem.js';
import { html } from '../page/html.js';
import type { View } from '../page/page-answer.js';
import { alert } from '../layout/fields.js';
import { formError } from '../layout/problem-texts.js';

interface ProviderProblemModel {
  readonly problem: ProblemError;
  readonly label: string;
}

/** A sign-in by provider that led nowhere. */
export const providerProblemView: View<ProviderProblemModel> = (
  { problem, label },
  { t, language, signedIn },
) => ({
  title: t.signInWith(label),
  body: html`<section class="card">
    <h1>${t.signInWith(label)}</h1>
    ${alert(problem.code === 'auth.invalid-credentials' ? t.somethingWrong : formError(problem, { t, language }))}
    <p class="foot">
      ${signedIn ? html`<a href="/account/security">${t.security}</a>` : html`<a href="/sign-in">${t.backToSignIn}</a>`}
    </p>
  </section>`,
});

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
