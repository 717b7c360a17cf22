import { type Answer, ApiProblem, answerOf, createUserApi } from '../../../client/user-api.js';
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
});

/**
 * Does something. Where it needs a second factor, or a newer proof of one, it is done again after
 * the dialog for it. @throws ApiProblem
 */
export async function act<Data>(
  call: () => Promise<{ data?: Data; error?: unknown; response: Response }>,
): Promise<Answer<Data>> {
  try {
    return await answerOf(call());
  } catch (error) {
    const needsProof = error instanceof ApiProblem && error.code === 'auth.step-up-required';
    if (!needsProof || !(await stepUp.ask())) throw error;
    return answerOf(call());
  }
}
