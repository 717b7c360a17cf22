import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';

import { pino } from 'pino';

import { createAdapter } from '../../src/platform/http/server/http-server.js';
import { HttpTelemetry } from '../../src/platform/observability/http-telemetry.js';
import { RequestDurations } from '../../src/platform/observability/metrics/request-durations.js';
import { API_KEY, type Caller } from '../support/caller.js';
import { sharedApi } from '../support/shared-api.js';
import { type Api, type RunningApi, testApi } from '../support/test-api.js';

const ORIGIN = 'https://app.example.com';

describe('headers of every answer', () => {
  let plain: RunningApi;
  let open: Api;

  beforeAll(async () => {
    plain = await sharedApi();
    open = await testApi()
      .on(plain.database)
      .withoutJobs()
      .with({
        CORS_ORIGINS: `https://other.example.com, ${ORIGIN}`,
        PUBLIC_URL: 'https://api.example.com',
        // No proxy has this address, so the claim of a client is ignored.
        TRUST_PROXY: '10.0.0.0/8',
      })
      .start();
  });

  afterAll(() => open?.stop());

  it.each(['/health', '/users', '/nothing', '/%zz', '/openapi.json', '/docs/start.js'])(
    'is locked down at %s',
    async (path) => {
      const { headers } = await plain.get(path);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('content-security-policy')).toBe(
        "default-src 'none'; frame-ancestors 'none'",
      );
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('x-frame-options')).toBe('DENY');
      expect(headers.get('x-request-id')).toMatch(/./);
      expect(headers.has('strict-transport-security')).toBe(false);
      expect(headers.has('access-control-allow-origin')).toBe(false);
      expect(headers.has('x-powered-by')).toBe(false);
    },
  );

  it('keep the content security policy of the documentation page', async () => {
    const { headers } = await plain.get('/docs');
    expect(headers.get('content-security-policy')).toContain("script-src 'self'");
  });

  it('include HSTS behind a public HTTPS address', async () => {
    const { headers } = await open.get('/health');
    expect(headers.get('strict-transport-security')).toBe('max-age=31536000; includeSubDomains');
  });

  it('allow preflights from allowed origins only', async () => {
    const preflight = (service: Caller, origin: string) =>
      service.request('/users', {
        method: 'OPTIONS',
        headers: { origin, 'access-control-request-method': 'POST' },
      });
    const allowed = await preflight(open, ORIGIN);
    expect(allowed.status).toBe(204);
    expect(allowed.headers.get('access-control-allow-origin')).toBe(ORIGIN);
    expect(allowed.headers.get('access-control-allow-headers')).toContain('Idempotency-Key');
    expect(allowed.headers.has('access-control-allow-credentials')).toBe(false);
    expect(allowed.headers.get('x-content-type-options')).toBe('nosniff');
    const foreign = await preflight(open, 'https://evil.example.com');
    expect(foreign.headers.has('access-control-allow-origin')).toBe(false);
    const off = await preflight(plain, ORIGIN);
    expect(off.headers.has('access-control-allow-origin')).toBe(false);
  });

  it('expose the documented headers to scripts of allowed origins', async () => {
    const { headers } = await open.get('/health', { origin: ORIGIN });
    const exposed = headers.get('access-control-expose-headers') ?? '';
    for (const name of ['ETag', 'Location', 'X-Request-Id', 'RateLimit', 'Retry-After'])
      expect(exposed.split(', ')).toContain(name);
  });

  it.each([
    ['by default', () => plain],
    ['behind proxies that are not the peer', () => open],
  ])('records the address of the peer, %s', async (_name, service) => {
    const email = `${Math.random().toString(36).slice(2)}@example.com`;
    await service().post(
      '/users',
      { email, name: 'Ada' },
      { 'x-forwarded-for': '192.0.2.66', 'x-api-key': API_KEY },
    );
    const rows = await plain.database.query(
      `SELECT host(a.ip) AS ip FROM audit_log a JOIN users u ON u.id = a.target_id WHERE u.email = $1`,
      [email],
    );
    expect(rows).toEqual([{ ip: '127.0.0.1' }]);
  });
});

describe('slow clients', () => {
  const config = { trustProxy: false, bodyLimitBytes: 1024, publicUrl: 'http://localhost' };
  const telemetry = new HttpTelemetry(pino({ enabled: false }), new RequestDurations());
  const create = (patience?: Parameters<typeof createAdapter>[2]) =>
    createAdapter(config as Parameters<typeof createAdapter>[0], telemetry, patience);

  it('have 10 s for headers and 30 s for the whole request', async () => {
    const server = create().getInstance().server;
    expect([server.headersTimeout, server.requestTimeout]).toEqual([10_000, 30_000]);
    expect(server.keepAliveTimeout).toBe(72_000);
  });

  it.each([
    ['send nothing', ''],
    ['drip headers', 'GET /health HTTP/1.1\r\nHost: x\r\nX-A: '],
    [
      'drip a body',
      'POST / HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{',
    ],
  ])('are told so and disconnected when they %s', async (_name, bytes) => {
    const app = create({
      headersTimeout: 100,
      requestTimeout: 150,
      connectionsCheckingInterval: 20,
    });
    const server = app.getInstance();
    server.post('/', () => 'never');
    const address = new URL(await server.listen({ port: 0, host: '127.0.0.1' }));
    try {
      const socket = connect(Number(address.port), '127.0.0.1');
      socket.on('error', () => undefined);
      const answer = text(socket);
      if (bytes !== '') socket.write(bytes);
      await once(socket, 'close');
      expect(socket.destroyed).toBe(true);
      expect(await answer).toMatch(/^HTTP\/1\.1 400 [^]*"detail":"took too long to arrive"/);
    } finally {
      await server.close();
    }
  });
});
