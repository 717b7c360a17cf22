import {
  type Answer,
  ApiProblem,
  answerOf,
  createUserApi,
  type Schema,
} from '../../../client/user-api.js';
import { queries, SESSION_KEY } from './queries.js';
import { stepUp } from './step-up.js';

/** Requests that change something prove with it that they come from a page of this session. */
export const csrf: { token: string } = { token: '' };

/** The API of the host that the console comes from; the session cookie goes along. */
export const api = createUserApi({ baseUrl: '/' });

api.use({
  onRequest: ({ request }) => {
    if (request.method !== 'GET') request.headers.set('x-csrf-token', csrf.token);
    return request;
  },
  // A fetch that gets no answer rejects with a TypeError, in words of the browser.
  onError: ({ error }) =>
    error instanceof TypeError ? new Error('The service could not be reached.') : undefined,
});

/** Asks who is there. The page then shows them the way in, or goes on with the token of their session. */
const readSession = () => queries.invalidateQueries({ queryKey: SESSION_KEY });

/** The id of who is there, as far as the page knows. */
const knownUser = () =>
  queries.getQueryData<{ user?: Pick<Schema<'User'>, 'id'> }>(SESSION_KEY)?.user?.id;

/** Reads the session that took the place of this one. @returns whether it is of the same person. */
async function isSamePerson(): Promise<boolean> {
  const before = knownUser();
  await readSession();
  return knownUser() === before;
}

/** What helps against a refusal, by its code. Each says whether the act may be sent again. */
const remedies: Readonly<Record<string, () => Promise<boolean>>> = {
  'auth.step-up-required': () => stepUp.ask(),
  'auth.unauthenticated': () => readSession().then(() => false),
  // The page shows what it has become meanwhile.
  'request.precondition-failed': () => queries.invalidateQueries().then(() => false),
  // Somebody signed in anew in another tab. Another person does not send what this one has typed.
  'auth.csrf': isSamePerson,
};

/**
 * Does something. It is done again where the service asked for a proof that can be given: a second
 * factor, by the dialog for it, or the token of a newer session. @throws ApiProblem
 */
export async function act<Data>(
  call: () => Promise<{ data?: Data; error?: unknown; response: Response }>,
): Promise<Answer<Data>> {
  try {
    return await answerOf(call());
  } catch (error) {
    const remedy = error instanceof ApiProblem ? remedies[error.code] : undefined;
    if (!(await remedy?.())) throw error;
    return answerOf(call());
  }
}
