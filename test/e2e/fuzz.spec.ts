import * as fc from 'fast-check';

import { asWhoMay, signedIn } from '../support/accounts.js';
import { bearer } from '../support/caller.js';
import { expectProblem } from '../support/http.js';
import { type Api, testApi } from '../support/test-api.js';
import { malformedRequests } from '../support/malformed-requests.js';
import type { Description } from '../support/openapi.js';

const REQUESTS = 500;
const SEED = 20_261_122;
const CODES: Readonly<Record<number, string>> = {
  400: 'request.invalid',
  404: 'request.not-found',
  413: 'request.too-large',
  415: 'request.unsupported-media-type',
};

describe('malformed requests', () => {
  let api: Api;

  beforeAll(async () => {
    api = await testApi().withoutJobs().start();
  });

  afterAll(() => api?.stop());

  const stored = () =>
    api.database.query(
      `SELECT (SELECT count(*)::int FROM users) AS users, (SELECT count(*)::int FROM audit_log) AS acts,
              (SELECT count(*)::int FROM mailed_tokens) AS tokens, (SELECT count(*)::int FROM pgboss.job) AS jobs`,
    );

  it(`are all answered with a problem that names the fault (${REQUESTS} requests), and change nothing`, async () => {
    const { body: description } = await api.get<Description>('/openapi.json');
    const { id, tokens } = await signedIn(api);
    // Otherwise some routes refuse the user before they look at the body.
    await api.database.query('UPDATE users SET email_verified = true WHERE id = $1', [id]);
    const before = await stored();
    const requests = fc.sample(malformedRequests(description, id), {
      numRuns: REQUESTS,
      seed: SEED,
    });
    expect(new Set(requests.map(({ fault }) => fault)).size).toBeGreaterThan(50);
    for (const { method, path, body, headers, fault } of requests) {
      const answer = await asWhoMay(
        (caller) =>
          api.request(path, {
            method,
            headers: { ...caller, ...headers },
            ...(body !== undefined && { body }),
          }),
        bearer(tokens.access_token),
      );
      const what = `${fault}: ${method} ${path} ${body?.slice(0, 300) ?? ''} -> ${answer.status}`;
      expect([what, Object.keys(CODES)]).toEqual([
        what,
        expect.arrayContaining([String(answer.status)]),
      ]);
      expectProblem(answer, answer.status, String(CODES[answer.status]));
    }
    expect(await stored()).toEqual(before);
    expect(api.logs.filter(({ level }) => level === 'ERROR' || level === 'FATAL')).toEqual([]);
    expect((await api.get('/health')).status).toBe(200);
  });
});
