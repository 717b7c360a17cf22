import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { type Certificate, makeCertificateFiles } from '../support/certificate.js';
import { cli } from '../support/cli.js';
import { describeOnPostgres } from '../support/installed.js';
import { type OtlpReceiver, startOtlpReceiver } from '../support/otlp-receiver.js';
import { startService } from '../support/service.js';
import { testApi } from '../support/test-api.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

interface Export {
  readonly path: string;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly authorized: boolean;
}

describeOnPostgres("OpenTelemetry's variables", () => {
  let database: TestDatabase;
  let receiver: OtlpReceiver;
  let folder: string;
  let files: Certificate;
  let server: Server;
  const exports: Export[] = [];

  beforeAll(async () => {
    [database, receiver] = await Promise.all([createTestDatabase(), startOtlpReceiver()]);
    folder = mkdtempSync(join(tmpdir(), 'cnua-otel-'));
    files = makeCertificateFiles(folder);
    const [cert, key] = [readFileSync(files.cert), readFileSync(files.key)];
    server = createServer({ cert, key, ca: cert, requestCert: true }, (request, response) => {
      const { authorized } = request.socket as unknown as { authorized: boolean };
      exports.push({ path: request.url ?? '', headers: request.headers, authorized });
      request.resume();
      response.end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });

  afterAll(async () => {
    server.close();
    server.closeAllConnections();
    await receiver?.stop();
    await database?.drop();
    rmSync(folder, { recursive: true });
  });

  it('an endpoint for one signal is enough, over TLS with certificates and headers', async () => {
    const { port } = server.address() as AddressInfo;
    const service = await testApi()
      .on(database)
      .withMails('log')
      .with({
        OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: `https://127.0.0.1:${port}/own/path`,
        OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: `${receiver.url}/v1/metrics`,
        OTEL_EXPORTER_OTLP_HEADERS: 'x-team=a%20b',
        OTEL_EXPORTER_OTLP_TRACES_COMPRESSION: 'gzip',
        OTEL_EXPORTER_OTLP_CERTIFICATE: files.cert,
        OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE: files.cert,
        OTEL_EXPORTER_OTLP_CLIENT_KEY: files.key,
        OTEL_RESOURCE_ATTRIBUTES: 'team.name=ident%C3%ADty,service.version=9,service.name=lost',
        OTEL_SERVICE_NAME: 'given',
      })
      .listen();
    await service.get('/users/me');
    expect(await service.stop()).toBe(0);
    expect(exports[0]).toMatchObject({
      path: '/own/path',
      headers: { 'x-team': 'a b', 'content-encoding': 'gzip' },
      authorized: true,
    });
    expect(service.logs.at(-1)).toMatchObject({ service_name: 'given' });
    expect(receiver.resources.at(-1)).toMatchObject({
      'service.name': 'given',
      'service.version': '9',
      'team.name': 'identíty',
      'telemetry.sdk.language': 'nodejs',
      'service.instance.id': expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
  });

  it('the endpoint of one signal can come from a file', async () => {
    const file = join(folder, 'endpoint');
    writeFileSync(file, `${receiver.url}/v1/traces\n`);
    const traceId = 'd'.repeat(32);
    const other = await testApi()
      .on(database)
      .withMails('log')
      .with({
        // Nobody listens here: metrics go nowhere.
        OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9',
        OTEL_EXPORTER_OTLP_TRACES_ENDPOINT_FILE: file,
      })
      .listen();
    await other.get('/.well-known/jwks.json', { traceparent: `00-${traceId}-00f067aa0ba902b7-01` });
    expect(await other.stop()).toBe(0);
    expect(receiver.spans.some((span) => span.traceId === traceId)).toBe(true);
  });

  it('instruments have a unit: the unit in the name, or the counted thing', () => {
    expect(receiver.units.size).toBeGreaterThan(20);
    for (const [name, unit] of receiver.units) {
      const expected = /_seconds(_total)?$/.test(name)
        ? /^s$/
        : name.endsWith('_bytes')
          ? /^By$/
          : /^(1|\{[a-z]+\})$/;
      expect(`${name}: ${unit}`).toMatch(new RegExp(`^${name}: ${expected.source.slice(1)}`));
    }
  });

  it('worker and commands have separate service names', async () => {
    const env = { DATABASE_URL: database.url, OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url };
    const worker = await startService({ ...env, EMAIL_SERVICE_URL: 'log:' }, { entry: 'worker' });
    expect(await worker.stop()).toBe(0);
    expect(worker.logs.at(-1)).toMatchObject({ service_name: 'cloudnative-user-api-worker' });
    expect((await cli(['cleanup', '--dry-run'], env)).code).toBe(0);
    const names = new Set(receiver.resources.map((resource) => resource['service.name']));
    expect(names).toContain('cloudnative-user-api-worker');
    expect(names).toContain('cloudnative-user-api-cli');
  });

  it('OTEL_SDK_DISABLED empties the metrics page', async () => {
    const service = await testApi()
      .on(database)
      .withMails('log')
      .with({ OTEL_SDK_DISABLED: 'TRUE', OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url })
      .listen();
    expect(await service.get('/metrics')).toMatchObject({ status: 200, text: '' });
    const headers = { accept: 'application/openmetrics-text' };
    expect(await service.get('/metrics', headers)).toMatchObject({
      status: 200,
      text: '# EOF\n',
    });
    expect(await service.stop()).toBe(0);
  });
});
