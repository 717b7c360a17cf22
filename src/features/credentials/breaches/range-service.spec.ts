import {
  type RangeServer,
  sha1Of,
  startRangeServer,
} from '../../../../test/support/range-server.js';
import { RangeService } from './range-service.js';

const LEAKED = 'violet-kettle-armada-7';

describe('RangeService', () => {
  const never = new AbortController().signal;
  let server: RangeServer;

  beforeEach(async () => {
    server = await startRangeServer();
    server.add(LEAKED);
  });

  afterEach(() => server.stop());

  const has = (password: string, signal = never) =>
    new RangeService(server.url).has(sha1Of(password), signal);

  it('finds listed passwords, and asks by five digits of the hash for a padded answer', async () => {
    expect(await has(LEAKED)).toBe(true);
    expect(await has('another password')).toBe(false);
    expect(server.requests).toMatchObject([
      { path: `/range/${sha1Of(LEAKED).slice(0, 5)}`, headers: { 'add-padding': 'true' } },
      { path: `/range/${sha1Of('another password').slice(0, 5)}` },
    ]);
    expect(server.requests[0]?.headers).not.toHaveProperty('traceparent');
  });

  it('ignores padding, which has a count of 0', async () => {
    server.add(LEAKED, 0);
    expect(await has(LEAKED)).toBe(false);
  });

  it.each([
    ['upper case and CRLF', `${'0'.repeat(35)}:1\r\n${sha1Of(LEAKED).slice(5)}:2\r\n`],
    ['lower case and LF', `${sha1Of(LEAKED).slice(5).toLowerCase()}:2`],
  ])('reads lines in %s', async (_kind, body) => {
    server.behave({ status: 200, body });
    expect(await has(LEAKED)).toBe(true);
  });

  it('takes an answer without lines for an empty range', async () => {
    server.behave({ status: 200 });
    expect(await has(LEAKED)).toBe(false);
  });

  it.each([
    ['another page', { status: 200, body: '<html>Sign in to the network</html>' }],
    ['whole hashes', { status: 200, body: `${sha1Of(LEAKED)}:2` }],
    ['lines without counts', { status: 200, body: sha1Of(LEAKED).slice(5) }],
    ['more than a megabyte', { status: 200, body: `${'0'.repeat(35)}:1\n`.repeat(40_000) }],
    ['status 404', { status: 404 }],
    ['status 429', { status: 429 }],
    ['status 503', { status: 503, body: `${sha1Of(LEAKED).slice(5)}:2` }],
    ['a redirect', { status: 302 }],
  ])('fails on %s, without repeating the answer', async (_kind, conduct) => {
    server.behave(conduct);
    const failure = await has(LEAKED).catch(String);
    expect(failure).toMatch(/^(BreachListUnreadable|TypeError): /);
    expect(failure).not.toMatch(/html|[0-9A-F]{5}/);
  });

  it('ends when its caller gave up', async () => {
    server.behave('hang');
    await expect(has(LEAKED, AbortSignal.timeout(20))).rejects.toThrow('timeout');
  });
});
