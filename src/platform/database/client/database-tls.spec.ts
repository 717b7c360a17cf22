import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { DatabaseClient } from './database-client.js';
import { DatabaseUnavailable } from '../errors/database-unavailable.js';
import { driverAddress } from './database-tls.js';

describe('sslmode', () => {
  let folder: string;
  let ca: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'cnua-tls-'));
    ca = join(folder, 'ca.crt');
    writeFileSync(ca, 'CA');
  });

  afterAll(() => rmSync(folder, { recursive: true }));

  const of = (query: string) => driverAddress(`postgresql://u:p@db.example:5432/users${query}`);

  it.each([
    ['?sslmode=disable', { tls: false, clear: false }],
    ['', { tls: true, chain: false, host: false, clear: true }],
    ['?sslmode=allow', { tls: true, chain: false, host: false, clear: true }],
    ['?sslmode=prefer', { tls: true, chain: false, host: false, clear: true }],
    ['?sslmode=require', { tls: true, chain: false, host: false, clear: false }],
    [
      '?sslmode=require&sslrootcert=CA',
      { tls: true, ca: 'CA', chain: true, host: false, clear: false },
    ],
    ['?sslmode=require&sslrootcert=system', { tls: true, chain: false, host: false, clear: false }],
    [
      '?sslmode=verify-ca&sslrootcert=CA',
      { tls: true, ca: 'CA', chain: true, host: false, clear: false },
    ],
    [
      '?sslmode=verify-full&sslrootcert=CA',
      { tls: true, ca: 'CA', chain: true, host: true, clear: false },
    ],
    ['?sslmode=verify-full', { tls: true, chain: true, host: true, clear: false }],
    ['?host=/run/postgresql&sslmode=require', { tls: false, clear: false }],
  ])('"%s" is what libpq makes of it', (query, expected) => {
    const { ssl, clearIfRefused, connectionString } = of(query.replace('CA', ca));
    expect({
      tls: ssl !== false,
      ...(ssl !== false && {
        chain: ssl.rejectUnauthorized,
        host: ssl.checkServerIdentity === undefined,
        ...(ssl.ca !== undefined && { ca: ssl.ca.toString() }),
      }),
      clear: clearIfRefused,
    }).toEqual(expected);
    expect(connectionString).not.toMatch(/ssl/);
  });

  it('refuses unknown modes', () => {
    expect(() => of('?sslmode=verify')).toThrow('sslmode must be one of disable, allow, prefer');
    expect(() => of('?sslnegotiation=direct')).toThrow('does not go with sslmode=prefer');
  });

  it('fails the connection, not the pool, when a file is missing', async () => {
    const client = new DatabaseClient({
      connectionString: `postgresql://u@127.0.0.1:1/users?sslrootcert=${folder}/none`,
    });
    const failure: unknown = await client.connect().catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(DatabaseUnavailable);
    expect((failure as DatabaseUnavailable).message).toContain('ENOENT');
  });
});
