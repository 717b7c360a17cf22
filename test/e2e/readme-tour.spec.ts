import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { cleanEnvironment } from '../support/cli.js';
import { newPage, openBrowser } from '../support/chromium.js';
import { itInBrowser } from '../support/installed.js';
import { addresses, firstLine, patternOf, pictures, steps } from '../support/readme-tour.js';
import { type Service, startService } from '../support/service.js';
import { waitFor } from '../support/wait-for.js';

const ROOT = join(import.meta.dirname, '..', '..');
const DIST = join(ROOT, 'dist');
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
  const commands = steps();
  let folder: string;
  let service: Service;
  let printed: string[];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'cnua-tour-'));
    symlinkSync(DIST, join(folder, 'dist'));
    service = await startService(environment, { cwd: folder });
    const typed = commands.map(({ command }) => here(command));
    // The second command has a mail sent, which the third one reads.
    printed = type(typed.slice(0, 2));
    await waitFor('the mail', () => readdirSync(join(folder, '.data', 'outbox')).length > 0);
    await waitFor('the mail to be counted', async () =>
      (await service.get('/metrics')).text.includes('emails_total'),
    );
    printed.push(...type(typed.slice(2)));
    printed = printed.map((text) => there(text.replaceAll('\r', '')));
  });

  afterAll(async () => {
    await service?.stop();
    rmSync(folder, { recursive: true });
  });

  const host = () => `localhost:${new URL(service.url).port}`;
  const here = (text: string) => text.replaceAll(PORT, host());
  const there = (text: string) => text.replaceAll(host(), PORT);

  /** Types commands into one shell. @returns what each printed. */
  function type(typed: readonly string[]): string[] {
    const { stdout, stderr } = spawnSync('bash', ['-s'], {
      cwd: folder,
      env: cleanEnvironment(environment),
      input: typed.map((command) => `${command}printf '%s' ${ASIDE}\n`).join(''),
      encoding: 'utf8',
    });
    expect(stderr).toBe('');
    return stdout.split(ASIDE).slice(0, -1);
  }

  it('has commands', () => {
    expect(commands.length).toBeGreaterThan(15);
  });

  it.each(commands.map(({ command, output }, index) => ({ command, output, index })))(
    'prints what it says: $command',
    ({ output, index }) => {
      const shown = printed[index] ?? '';
      // An answer without a line end is shown on a line of its own.
      expect(shown === '' || shown.endsWith('\n') ? shown : `${shown}\n`).toMatch(
        patternOf(output),
      );
    },
  );

  it('begins with the line of the log that says where everything is', () => {
    const line = service.logs.find(({ logger }) => logger === 'main');
    expect(there(line?.message ?? '')).toMatch(patternOf(firstLine()));
  });

  it('names addresses and pictures that are there', async () => {
    expect(addresses().length).toBeGreaterThan(3);
    for (const address of addresses())
      expect([address, (await fetch(here(address))).status]).toEqual([address, 200]);
    expect(pictures().length).toBeGreaterThan(3);
    expect(pictures().filter((file) => !existsSync(join(ROOT, file)))).toEqual([]);
  });

  itInBrowser(
    'leads through the browser: the superuser sees the user, who has a page of her own',
    async () => {
      const [password = ''] = /(?<=echo ')[^']+/.exec(commands[0]?.command ?? '') ?? [];
      const browser = await openBrowser();
      const signIn = async (path: string, email: string) => {
        const { page } = await newPage(browser, { baseURL: `http://${host()}` });
        await page.goto(path);
        if (path === '/console') await page.getByRole('link', { name: 'Sign in' }).click();
        await page.getByLabel('E-mail address').fill(email);
        await page.getByLabel('Password').fill(password);
        await page.getByRole('button', { name: 'Sign in', exact: true }).click();
        return page;
      };
      const console = await signIn('/console', 'root@example.com');
      await console.getByRole('link', { name: 'Ada King' }).waitFor();
      const account = await signIn('/sign-in', 'ada@example.com');
      await account.getByRole('link', { name: 'Security' }).click();
      await account.getByRole('heading', { name: 'Second factors' }).waitFor();
      await browser.close();
    },
  );
});
