import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { credsAuthenticator } from '@nats-io/transport-node';

import { createUser } from '../support/accounts.js';
import { makeCertificateFiles } from '../support/certificate.js';
import { describeOnNats } from '../support/installed.js';
import { newNatsOperator } from '../support/nats-operator.js';
import { type NatsServer, startNats } from '../support/nats-server.js';
import { type Api, testApi } from '../support/test-api.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import { waitFor } from '../support/wait-for.js';

describeOnNats('events to NATS with TLS and credentials', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cnua-nats-'));
  const ours = newNatsOperator();
  const credentials = ours.newCredentials();
  const foreign = newNatsOperator().newCredentials();
  let database: TestDatabase;
  let nats: NatsServer;
  let env: Record<string, string>;
  let api: Api | undefined;

  beforeAll(async () => {
    const certificate = makeCertificateFiles(folder);
    nats = await startNats(['-c', ours.writeConfiguration(folder, certificate)], {
      tls: { ca: readFileSync(certificate.cert, 'utf8') },
      authenticator: credsAuthenticator(new TextEncoder().encode(ours.newCredentials())),
    });
    database = await createTestDatabase();
    env = {
      EVENTS_URL: nats.url,
      EVENTS_CREDENTIALS_FILE: fileOf('ours', credentials),
      NODE_EXTRA_CA_CERTS: certificate.cert,
    };
  });

  afterEach(() => api?.stop());

  afterAll(async () => {
    await nats?.stop();
    await database?.drop();
    rmSync(folder, { recursive: true });
  });

  function fileOf(name: string, content: string): string {
    const file = join(folder, `${name}.creds`);
    writeFileSync(file, content);
    return file;
  }

  it.each([
    [
      'credentials of another operator',
      { EVENTS_CREDENTIALS_FILE: fileOf('foreign', foreign) },
      /authorization/i,
    ],
    [
      'a certificate of an unknown authority',
      { NODE_EXTRA_CA_CERTS: '' },
      /self-signed certificate/,
    ],
  ])('wait, and the log tells of %s, without the credentials', async (_what, wrong, reason) => {
    api = await testApi({ ...env, ...wrong })
      .on(database)
      .start();
    await createUser(api);
    const line = await waitFor('the outage', () =>
      api?.logs.find(({ message }) => message === 'nats unavailable'),
    );
    expect(String(line['exception'])).toMatch(reason);
    for (const secret of secretsOf(credentials, foreign))
      expect(api.output()).not.toContain(secret);
  });

  it('arrive with the right ones, those that waited too', async () => {
    api = await testApi(env).on(database).start();
    const { id } = await createUser(api);
    const stream = await nats.consume();
    await waitFor('three events', () => stream.events.length >= 3);
    expect(stream.events.map(({ subject }) => subject)).toContain(id);
    for (const secret of secretsOf(credentials)) expect(api.output()).not.toContain(secret);
  });
});

/** Seeds and tokens: the lines that are no frame. */
function secretsOf(...files: readonly string[]): string[] {
  return files
    .join('\n')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('-'));
}
