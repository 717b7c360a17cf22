import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { cleanEnvironment } from '../support/cli.js';
import { patternOf, readTour } from '../support/readme-tour.js';
import { type Service, startService } from '../support/service.js';
import { waitFor } from '../support/wait-for.js';

const DIST = join(import.meta.dirname, '..', '..', 'dist');
const PORT = 'localhost:8080';
const ASIDE = 'end-of-a-command';

/** The environment of a fresh clone: the defaults. */
const environment = {
  ENVIRONMENT: 'development',
  API_KEY: 'dev-key',
  RATE_LIMIT_REQUESTS: '',
  RATE_LIMIT_LOGINS: '',
  RATE_LIMIT_SIGNUPS: '',
  WORKER_CONCURRENCY: '',
};

describe("the README's tour", () => {
  const steps = readTour();
  let folder: string;
  let service: Service;
  let printed: string[];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'cnua-tour-'));
    symlinkSync(DIST, join(folder, 'dist'));
    service = await startService(environment, { cwd: folder });
    const host = `localhost:${new URL(service.url).port}`;
    const here = (text: string) => text.replaceAll(PORT, host);
    // The first command has a mail sent, which the second one reads.
    const [first, ...others] = steps.map(({ command }) => here(command));
    printed = type([first ?? '']);
    await waitFor('the mail', () => readdirSync(join(folder, '.data', 'outbox')).length > 0);
    await waitFor('the mail to be counted', async () =>
      (await service.get('/metrics')).text.includes('emails_total'),
    );
    printed.push(...type(others));
    printed = printed.map((text) => text.replaceAll('\r', '').replaceAll(host, PORT));
  }, 60_000);

  afterAll(async () => {
    await service?.stop();
    rmSync(folder, { recursive: true });
  });

  /** Types commands into one shell. @returns what each printed. */
  function type(commands: readonly string[]): string[] {
    const { stdout, stderr } = spawnSync('bash', ['-s'], {
      cwd: folder,
      env: cleanEnvironment(environment),
      input: commands.map((command) => `${command}printf '%s' ${ASIDE}\n`).join(''),
      encoding: 'utf8',
    });
    expect(stderr).toBe('');
    return stdout.split(ASIDE).slice(0, -1);
  }

  it('has commands', () => {
    expect(steps.length).toBeGreaterThan(15);
  });

  it.each(steps.map(({ command, output }, index) => ({ command, output, index })))(
    'prints what it says: $command',
    ({ output, index }) => {
      const shown = printed[index] ?? '';
      // An answer without a line end is shown on a line of its own.
      expect(shown === '' || shown.endsWith('\n') ? shown : `${shown}\n`).toMatch(
        patternOf(output),
      );
    },
  );
});
