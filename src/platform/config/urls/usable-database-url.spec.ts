import { readDatabaseUrl } from './database-url.js';
import { faultOfUse } from './usable-database-url.js';

const file = import.meta.filename;

function faultOf(
  text: string,
  environment: Record<string, string> = {},
  system = 'app',
): string | undefined {
  return faultOfUse(readDatabaseUrl(text), environment, system);
}

describe('a valid database URL', () => {
  it.each([
    ['postgresql:///db'],
    ['postgresql://h/db'],
    ['postgresql://h/a%40b'],
    ['postgresql://:secret@h/db'],
  ])('is refused without a user: %s', (url) => {
    expect(faultOf(url, {}, '')).toBe('must name a user');
    expect(faultOf(url, { PGUSER: 'app' }, '')).toBeUndefined();
    expect(faultOf(url, {}, 'app')).toBeUndefined();
  });

  it.each([['postgresql://u@h/db'], ['postgresql://u:p@/db'], ['postgresql:///db?user=u']])(
    'is taken with a user: %s',
    (url) => expect(faultOf(url)).toBeUndefined(),
  );

  it.each(['sslrootcert', 'sslcert', 'sslkey'])('is refused when %s is not a file', (name) => {
    expect(faultOf(`postgresql://u@h/db?${name}=/nowhere/x.pem`)).toBe(
      `must name a file that can be read with the parameter ${name}`,
    );
  });

  it('is refused with a certificate without a key, or a key without a certificate', () => {
    for (const name of ['sslcert', 'sslkey'])
      expect(faultOf(`postgresql://u@h/db?${name}=${file}`)).toBe(
        'must have sslcert and sslkey together',
      );
  });

  it('is accepted with existing files, and with the authorities of Node', () => {
    expect(
      faultOf(`postgresql://u@h/db?sslrootcert=${file}&sslcert=${file}&sslkey=${file}`),
    ).toBeUndefined();
    expect(faultOf('postgresql://u@h/db?sslrootcert=system')).toBeUndefined();
  });

  it('is refused with direct TLS negotiation when TLS is optional', () => {
    const direct = (rest: string) => faultOf(`postgresql://u@h/db?sslnegotiation=direct${rest}`);
    const fault = 'must have sslmode require, verify-ca or verify-full with sslnegotiation=direct';
    expect(direct('')).toBe(fault);
    expect(direct('&sslmode=prefer')).toBe(fault);
    expect(direct('&sslmode=disable')).toBe(fault);
    expect(direct('&sslmode=verify-full')).toBeUndefined();
  });
});
