import type { ProblemError } from '../../../platform/problems/problem.js';
import type { Messages } from '../messages/en.js';
import { html } from '../page/html.js';
import type { View } from '../page/page-answer.js';

type Kind = keyof Messages['problemTitles'];

const byCode: Readonly<Record<string, Kind>> = {
  'auth.csrf': 'forgery',
  'auth.forbidden': 'forbidden',
  'rate.limited': 'tooMany',
};

/** A problem that is not of one form. */
export const problemView: View<Pick<ProblemError, 'code' | 'status'>> = (
  { code, status },
  { t, signedIn },
) => {
  const kind = byCode[code] ?? byStatus(status);
  const title = t.problemTitles[kind];
  return {
    title,
    body: html`<section class="card">
      <div class="head">
        <h1>${title}</h1>
        <p class="lead">${t.problemTexts[kind]}</p>
      </div>
      <p class="foot"><a href="/">${signedIn ? t.toStart : t.backToSignIn}</a></p>
    </section>`,
  };
};

function byStatus(status: number): Kind {
  if (status === 404) return 'notFound';
  return status >= 500 ? 'away' : 'wrong';
}
