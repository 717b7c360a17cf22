import * as fc from 'fast-check';
import { Client } from 'pg';

import { databaseUrl } from './database-url.js';
import { BAD_PORTS, httpBase, mailUrl, publicBase, readOrigin, redisUrl } from './service-url.js';

interface Schema {
  safeParse(text: string): {
    readonly data?: unknown;
    readonly error?: { readonly issues: readonly { readonly message: string }[] } | undefined;
  };
}

function ruleOf(schema: Schema, text: string): string {
  const { data, error } = schema.safeParse(text);
  return error?.issues[0]?.message ?? `accepted as ${JSON.stringify(data)}`;
}

/** What the driver understands, where nothing else says anything. */
function driverReads(text: string) {
  const { host, port, user, password, database } = new Client({
    connectionString: databaseUrl.parse(text),
  });
  return { host, port, user, password, database };
}

const postgres = { host: 'h', port: 5432, user: 'u', password: 'p', database: 'db' };

describe('URL of a database', () => {
  it.each([
    ['postgres://u:p@h:5432/db', {}],
    ['postgresql://u:p@h/db', {}],
    ['POSTGRES://u:p@H/db', {}],
    ['postgres://u:p@h:/db', {}],
    ['postgres://u:p@h/db?application_name=x', {}],
    ['postgres://u:p@:5433/db?host=h', { port: 5433 }],
    ['postgres:///db?host=h&user=u&password=p', {}],
    ['postgres://x:y@z:1/w?host=h&port=5432&user=u&password=p&dbname=db', {}],
    ['postgres://u:p@[::1]:5432/db', { host: '::1' }],
    ['postgres://u:p@[0:0:0:0:0:0:0:1]/db', { host: '::1' }],
    ['postgres://u:p@127.0.0.1/db', { host: '127.0.0.1' }],
    ['postgres://u:p@m%C3%BCnchen.example/db', { host: 'xn--mnchen-3ya.example' }],
    ['postgres://u:p@my_db/db', { host: 'my_db' }],
    ['postgres://u:p@/db?host=/run/postgresql', { host: '/run/postgresql' }],
    ['postgres://u:p@%2Frun%2Fpostgresql:5433/db', { host: '/run/postgresql', port: 5433 }],
    ['postgres://u:p@/db?host=%2Frun%2Fmy%20socket', { host: '/run/my socket' }],
    ['postgres://u%40x:p%40%2F%3A%25%3F%23@h/db', { user: 'u@x', password: 'p@/:%?#' }],
    ['postgres://u:p+q@h/db', { password: 'p+q' }],
    ['postgres://u:p@h/my%20d%C3%A4tabase', { database: 'my dätabase' }],
    ['postgres://u:p@h/a%2Fb', { database: 'a/b' }],
    ['postgres://u:p@h/a+b&c=d', { database: 'a+b&c=d' }],
    ['postgres://u:p@h/db?channel_binding=prefer&target_session_attrs=any', {}],
  ])('reads %s as libpq does', (text, expected) => {
    expect(driverReads(text)).toEqual({ ...postgres, ...expected });
  });

  it.each([
    ['postgresql://h/db?sslmode=require', 'sslmode=require'],
    ['postgresql://h/db?ssl=true', 'sslmode=require'],
    ['postgresql://h/db?sslrootcert=/a/b%20c.pem', 'sslrootcert=%2Fa%2Fb%20c.pem'],
    ['postgresql://h/db?options=-c%20geqo=off+x', 'options=-c%20geqo%3Doff%2Bx'],
  ])('passes the parameters of %s on', (text, query) => {
    expect(databaseUrl.parse(text)).toBe(`postgresql://h/db?${query}`);
  });

  it.each([
    ['mysql://h/db', 'must be a URL starting with postgres: or postgresql:'],
    ['h/db', 'must be a URL starting with postgres: or postgresql:'],
    ['postgres:h/db', /^must be a URL of the form/],
    ['postgres://u:a%zz@h/db', /^must have two hexadecimal digits/],
    ['postgres://u:p@h/%', /^must have two hexadecimal digits/],
    ['postgres://u:%ff@h/db', /^must have two hexadecimal digits/],
    ['postgres://u:p@h/db?options=%a', /^must have two hexadecimal digits/],
    ['postgres://u:p%00@h/db', 'must not hold control characters'],
    ['postgres://u:p@a,b/db', 'must name one host; several are not supported'],
    ['postgres://u:p@a:1,b:2/db', 'must name one host; several are not supported'],
    ['postgres://h/db?host=a,b', 'must name one host; several are not supported'],
    ['postgres://h/db?port=1,2', 'must name one host; several are not supported'],
    ['postgres://h:0/db', 'must have a port from 1 to 65535'],
    ['postgres://h:65536/db', 'must have a port from 1 to 65535'],
    ['postgres://h/db?port=x', 'must have a port from 1 to 65535'],
    ['postgres://h:x/db', /^must be a URL of the form/],
    ['postgres://u:p@ss@h/db', /^must be a URL of the form/],
    ['postgres://u:p/q@h/db', /^must be a URL of the form/],
    ['postgres://u:p q@h/db', /^must not contain spaces/],
    ['postgres://[::1/db', /^must be a URL of the form/],
    ['postgres://[::g]/db', 'must name a host or an address'],
    ['postgres://999.1.1.1/db', 'must name a host or an address'],
    ['postgres://h/db#x', 'must not have a fragment (write %23 for #)'],
    ['postgres://h/a%3Fb', 'must not have ? or # in the name of the database'],
    [
      'postgres://h/db?target_session_attrs=read-write',
      'must have no other value than any for the parameter target_session_attrs',
    ],
    [
      'postgres://h/db?connect_timeout=3',
      'must not have the parameter connect_timeout, which is not supported',
    ],
    ['postgres://h/db?hostaddr=::1', /parameter hostaddr, which is not supported/],
    [
      'postgres://h/db?sslmode=no-verify',
      'must have no other value than disable or allow or prefer or require or verify-ca or verify-full for the parameter sslmode',
    ],
    ['postgres://h/db?sslmode=', /for the parameter sslmode$/],
    ['postgres://h/db?sslnegotiation=tls', /for the parameter sslnegotiation$/],
    ['postgres://h/db?statement_timeout=1', 'must not have a parameter that is not known'],
    ['postgres://h/db?Client=x', 'must not have a parameter that is not known'],
  ])('refuses %s', (text, rule) => {
    expect(ruleOf(databaseUrl, text)).toMatch(rule);
  });

  it('passes each part unchanged to the driver', () => {
    const word = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }).filter(
      // Control characters have no place in it, and two signs none in the name of a database.
      (text) => !/\p{Cc}/u.test(text) && text.isWellFormed() && text !== '.' && text !== '..',
    );
    fc.assert(
      fc.property(
        fc.record({
          user: word,
          password: word,
          database: word.filter((text) => !/[?#/\\]/.test(text)),
          host: fc.constantFrom('h', '::1', '127.0.0.1', '/run/postgresql', 'my_db.example'),
          port: fc.integer({ min: 1, max: 65_535 }),
        }),
        fc.boolean(),
        (parts, inQuery) => {
          const { user, password, database, host, port } = parts;
          const text = inQuery
            ? `postgres://?${Object.entries({ user, password, dbname: database, host, port })
                .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
                .join('&')}`
            : `postgres://${[user, password].map(encodeURIComponent).join(':')}@${host.includes(':') ? `[${host}]` : encodeURIComponent(host)}:${port}/${encodeURIComponent(database)}`;
          expect(driverReads(text)).toEqual(parts);
          // A rewritten URL has the same meaning when it is parsed again.
          expect(databaseUrl.parse(databaseUrl.parse(text))).toBe(databaseUrl.parse(text));
        },
      ),
    );
  });

  it('turns any text into a URL or a broken rule, and never throws', () => {
    fc.assert(
      fc.property(fc.string(), (rest) => {
        for (const scheme of ['postgres', 'redis', 'http', 'smtp'])
          for (const schema of [databaseUrl, redisUrl, mailUrl, httpBase(), publicBase]) {
            const { data, error } = schema.safeParse(`${scheme}://${rest}`);
            expect(data ?? error?.issues[0]?.message).toMatch(/./);
          }
      }),
    );
  });
});

describe('URLs of other services', () => {
  it.each([
    [redisUrl, 'redis://h', 'redis://h'],
    [redisUrl, 'REDISS://u:p%40@H:6380/3', 'rediss://u:p%40@h:6380/3'],
    [redisUrl, 'redis://:p@[::1]:6379/', 'redis://:p@[::1]:6379/'],
    [mailUrl, 'LOG:', 'log:'],
    [mailUrl, 'smtp://u:p%2F@Mail.example:2525/', 'smtp://u:p%2F@mail.example:2525'],
    [mailUrl, 'https://mail.example/v1//', 'https://mail.example/v1'],
    [httpBase(), 'HTTPS://Pay.example:443/', 'https://pay.example'],
    [httpBase(), 'http://[::1]:8080/a%20b/', 'http://[::1]:8080/a%20b'],
    [publicBase, 'http://localhost:0', 'http://localhost:0'],
  ])('writes %# %s anew', (schema, text, normal) => {
    expect(schema.parse(text)).toBe(normal);
  });

  it.each([
    [publicBase, 'https://a/?lang=de', 'must not have a query or a fragment'],
    [publicBase, 'https://a/#x', 'must not have a query or a fragment'],
    [publicBase, 'https://a?', 'must not have a query or a fragment'],
    [publicBase, 'https://u:p@a', 'must not hold a user or password'],
    [httpBase('TOKEN'), 'https://u@a', 'must not hold a user or password (see TOKEN)'],
    [httpBase(), 'https://a/%zz', /^must have two hexadecimal digits/],
    [httpBase(), 'https://a:6000', 'must not have a port that browsers and fetch refuse to call'],
    [httpBase(), 'https:a', /^must be a URL of the form/],
    [httpBase(), 'https://', 'must name a host or an address'],
    [httpBase(), 'https://a,b', 'must name one host; several are not supported'],
    [httpBase(), 'https://a%2Fb', 'must name a host or an address'],
    [httpBase(), 'https://a b', /^must not contain spaces/],
    [mailUrl, 'log://x', /^must be a URL starting with/],
    [mailUrl, 'smtp://a,b', 'must name one host; several are not supported'],
    [mailUrl, 'smtp://a?pool=true', 'must not have a query or a fragment'],
    [mailUrl, 'smtp://a/x', 'must not have a path when it is smtp'],
    [mailUrl, 'smtp://u:%zz@a', /^must have two hexadecimal digits/],
    [mailUrl, 'smtp://a:0', 'must have a port from 1 to 65535'],
    [redisUrl, 'redis://a:1,b:2', 'must name one host; several are not supported'],
    [redisUrl, 'redis://a/x', 'must have no other path than the number of a database'],
    [redisUrl, 'redis://a?db=1', 'must not have a query or a fragment'],
    [redisUrl, 'redis://u:%zz@a', /^must have two hexadecimal digits/],
    [redisUrl, 'unix:///run/redis', 'must be a URL starting with redis: or rediss:'],
  ])('refuses %# %s', (schema, text, rule) => {
    expect(ruleOf(schema, text)).toMatch(rule);
  });

  it('reads origins in the form that browsers send', () => {
    expect(['HTTPS://App.example:443', 'http://localhost:3000/'].map(readOrigin)).toEqual([
      'https://app.example',
      'http://localhost:3000',
    ]);
    for (const text of ['https://a/b', 'https://u@a', 'https://a?b', 'a', 'null'])
      expect(() => readOrigin(text)).toThrow(/^must/);
  });

  it('refuses exactly the ports that fetch refuses', async () => {
    for (const port of BAD_PORTS)
      await expect(fetch(`http://127.0.0.1:${port}`)).rejects.toMatchObject({
        cause: expect.objectContaining({ message: 'bad port' }),
      });
  });
});
