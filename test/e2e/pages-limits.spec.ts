import { createUser, PASSWORD } from '../support/accounts.js';
import { browserSession } from '../support/browser-session.js';
import { type Api, testApi } from '../support/test-api.js';

const LIMIT = 3;

let api: Api;

beforeAll(async () => {
  const limits = { RATE_LIMIT_LOGINS: String(LIMIT), RATE_LIMIT_WINDOW_SECONDS: '3600' };
  api = await testApi().withoutJobs().with(limits).start();
});

afterAll(() => api?.stop());

it('looks at the sign-in page use up no log-ins, and log-ins no looks', async () => {
  const { email } = await createUser(api);
  // As the script of the page does each time.
  const challenges = [];
  for (let look = 0; look <= LIMIT; look += 1)
    challenges.push((await api.post('/auth/passkey/options', {})).status);
  expect(challenges).toEqual([200, 200, 200, 429]);

  const browser = browserSession(api.url);
  const answers = [];
  for (const password of ['wrong', 'wrong', PASSWORD, PASSWORD])
    answers.push(await browserSession(api.url).signIn(email, password));
  expect(answers.map(({ status }) => status)).toEqual([401, 401, 303, 429]);
  const [, , , limited] = answers;
  expect(limited?.text).toContain('<h1>Too many attempts</h1>');
  expect(limited?.headers.get('cache-control')).toBe('no-store');
  expect(limited?.headers.get('content-security-policy')).toContain("form-action 'self'");
  expect(Number(limited?.headers.get('retry-after'))).toBeGreaterThan(3500);
  expect((await browser.get('/sign-in')).status).toBe(200);
});
