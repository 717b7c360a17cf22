import { waitFor } from './wait-for.js';

/** Within this time all replicas refuse what was revoked on one, in milliseconds: a promise of the API. */
export const NOTICED_MS = 5000;

/**
 * Sends requests until one is refused with 401.
 * @param send returns the status of a request.
 * @param since the moment of the revocation, by `performance.now()`.
 * @returns milliseconds from then until the last request was sent that was accepted: slow answers add nothing.
 */
export async function acceptedFor(send: () => Promise<number>, since: number): Promise<number> {
  let accepted = 0;
  await waitFor('a refusal', async () => {
    const sent = performance.now() - since;
    const status = await send();
    if (status < 300) accepted = sent;
    return status === 401;
  });
  return accepted;
}
