import { type AddressInfo, createServer, type Server } from 'node:net';
import { join } from 'node:path';

import { runToEnd } from '../support/cli.js';
import { describeOnPostgres } from '../support/installed.js';
import { ready } from '../support/ready.js';
import { type LogLine, startService } from '../support/service.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import { waitFor } from '../support/wait-for.js';

const NOISY = `--import ${join(import.meta.dirname, '..', 'support', 'noisy-packages.mjs')}`;

/** Every line of an output; throws at one that is no JSON. */
const linesOf = (output: string) =>
  output
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as LogLine);

describeOnPostgres('the log', () => {
  let database: TestDatabase;
  let taken: Server;
  let port: number;

  beforeAll(async () => {
    database = await createTestDatabase();
    taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    ({ port } = taken.address() as AddressInfo);
  });

  afterAll(async () => {
    taken.close();
    await database?.drop();
  });

  it.each(['main', 'worker'] as const)(
    'of %s is JSON from its first line to its last, whatever packages write',
    async (entry) => {
      const service = await startService(
        { DATABASE_URL: database.url, EMAIL_SERVICE_URL: 'log:', NODE_OPTIONS: NOISY },
        { entry },
      ).then(ready);
      await service.get('/nowhere');
      const noise = await waitFor('the noise', () => {
        const lines = service.logs.filter(({ logger }) => logger === 'node');
        return lines.length >= 4 ? lines : undefined;
      });
      expect(await service.stop()).toBe(0);
      expect(linesOf(service.output()).length).toBeGreaterThan(4);
      const texts = noise.map(({ level, message, exception }) => [level, message, exception]);
      expect(texts).toEqual(
        expect.arrayContaining([
          ['WARN', 'warning of Node or a package', expect.stringContaining('second line')],
          ['WARN', 'warning of Node or a package', expect.stringContaining('TimeoutOverflow')],
          ['INFO', 'noise by console.log\nof two lines', undefined],
          ['ERROR', 'noise by console.error: value', undefined],
        ]),
      );
    },
  );

  it.each([
    ['main', 'PORT'],
    ['worker', 'PORT'],
    ['main', 'METRICS_PORT'],
  ] as const)(
    'of %s names %s in one line when it is used, and the exit code is 1',
    async (entry, variable) => {
      const env = {
        HOST: '127.0.0.1',
        PORT: '0',
        DATABASE_URL: database.url,
        EMAIL_SERVICE_URL: 'log:',
        [variable]: String(port),
      };
      const { code, stdout, stderr } = await runToEnd(entry, env, 20_000);
      expect(code).toBe(1);
      const bad = linesOf(stdout + stderr).filter(
        ({ level }) => level === 'ERROR' || level === 'FATAL',
      );
      expect(bad.map(({ level, message }) => [level, message])).toEqual([
        ['FATAL', `${variable} ${port} is used by another process (EADDRINUSE)`],
      ]);
      expect(bad[0]).not.toHaveProperty('exception');
    },
  );
});
