import { newKeyText } from '../../src/features/api-keys/key-text.js';
import { createKey } from '../support/api-keys.js';
import { type Api, testApi } from '../support/test-api.js';

const LIMIT = 5;

describe('API keys and rate limits', () => {
  let api: Api;

  beforeAll(async () => {
    api = await testApi()
      .withoutJobs()
      // A window that does not end during the test.
      .with({ RATE_LIMIT_REQUESTS: String(LIMIT), RATE_LIMIT_WINDOW_SECONDS: '3600' })
      .start();
  });

  afterAll(() => api?.stop());

  const use = async (key: string) => (await api.as({ key }).get('/users?limit=1')).status;

  it('exempt their holders, and count guesses before they are looked up', async () => {
    const { id, key } = await createKey(api, ['users:list']);
    const first = await use(key);
    const later = await Promise.all(Array.from({ length: 3 * LIMIT }, () => use(key)));
    expect([first, ...later]).toEqual(Array.from({ length: 3 * LIMIT + 1 }, () => 200));
    const guesses = [];
    for (let guess = 0; guess < 2 * LIMIT; guess += 1) guesses.push(await use(newKeyText(id)));
    expect(new Set(guesses)).toEqual(new Set([401, 429]));
    expect(guesses.filter((status) => status === 401)).toHaveLength(LIMIT - 1);
    expect(await use(key)).toBe(200);
  });
});
