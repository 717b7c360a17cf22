import { FormSessionEnded } from '../../../platform/http/browser/csrf.js';
import { type ProblemError, RateLimited } from '../../../platform/problems/problem.js';
import type { Messages } from '../messages/en.js';
import { html } from '../page/html.js';
import { fromNow } from './from-now.js';
import type { View } from '../page/page-answer.js';

type ProblemModel = Pick<ProblemError, 'code' | 'status'>;
type Kind = keyof Messages['problemTitles'];

const byCode: Readonly<Record<string, Kind>> = {
  'auth.csrf': 'forgery',
  'auth.forbidden': 'forbidden',
};

/** Where people begin again what went wrong under a path. */
const SECURITY = '/account/security';

/** A problem that is not of one form. */
export const problemView: View<ProblemModel> = (problem, { t, language, signedIn, path }) => {
  const kind = kindOf(problem);
  const [title, text] =
    problem instanceof RateLimited
      ? [t.tooMany, t.tryAgain(fromNow(problem.retryAfterSeconds, language))]
      : [t.problemTitles[kind], t.problemTexts[kind]];
  return {
    title,
    body: html`<section class="card">
      <div class="head">
        <h1>${title}</h1>
        <p class="lead">${text}</p>
      </div>
      <p class="foot">
        <a href="${path.startsWith(SECURITY) ? SECURITY : '/'}"
          >${signedIn ? t.toStart : t.backToSignIn}</a
        >
      </p>
    </section>`,
  };
};

function kindOf(problem: ProblemModel): Kind {
  if (problem instanceof FormSessionEnded) return 'signedOut';
  return byCode[problem.code] ?? byStatus(problem.status);
}

function byStatus(status: number): Kind {
  if (status === 404) return 'notFound';
  return status >= 500 ? 'away' : 'wrong';
}
