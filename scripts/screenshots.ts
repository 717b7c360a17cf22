import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { BrowserContext, Page } from 'playwright-core';

import { createUser, PASSWORD } from '../test/support/accounts.js';
import { cli } from '../test/support/cli.js';
import { openBrowser } from '../test/support/chromium.js';
import { startService } from '../test/support/service.js';

/**
 * Takes the pictures of README and docs, in both themes: `node --import ./scripts/ts-hooks.mjs scripts/screenshots.ts`.
 * With a folder, it takes all pages instead, with a provider, in both themes and both widths, to look at. It starts an API of its own
 * with the embedded database.
 */
const [, , folder] = process.argv;
const themes = ['light', 'dark'] as const;
const widths = [320, 1280];
const open = ['sign-in', 'sign-up', 'forgot-password', 'verify-email', 'nowhere'];
const own = ['account', 'account/security'];
const ROOT_EMAIL = 'root@example.com';
/** Who is in the console, oldest first. */
const people = [
  'Barbara Liskov',
  'Edsger Dijkstra',
  'Frances Allen',
  'Grace Hopper',
  'Katherine Johnson',
  'Ada Lovelace',
];

const dataDir = mkdtempSync(join(tmpdir(), 'cnua-pictures-'));
const service = await startService({
  DATA_DIR: dataDir,
  JOBS_IN_API: 'false',
  ...(folder !== undefined && {
    OIDC_PROVIDERS: JSON.stringify([
      {
        id: 'example',
        issuer: 'http://127.0.0.1:9999',
        client_id: 'x',
        client_secret: 'x',
        label: 'Example ID',
      },
    ]),
  }),
});
const browser = await openBrowser();
try {
  for (const name of people)
    await createUser(service, { name, email: `${name.split(' ')[0]?.toLowerCase()}@example.com` });
  if (folder === undefined) await forDocs('docs/images');
  else await allPages(folder);
} finally {
  await browser.close();
  await service.stop();
  rmSync(dataDir, { recursive: true, force: true });
}

/** The pictures that pages of the documentation show. */
async function forDocs(into: string): Promise<void> {
  mkdirSync(into, { recursive: true });
  const args = ['createsuperuser', '--email', ROOT_EMAIL, '--password-stdin'];
  await cli(args, { DATA_DIR: dataDir }, { input: `${PASSWORD}\n` });
  for (const theme of themes) {
    const view = (name: string, page: Page) =>
      compressed(page, join(into, `${name}-${theme}.webp`));
    const visitor = await window(theme, 1280);
    const page = await visitor.newPage();
    await page.goto('/sign-in');
    await view('sign-in', page);
    await signIn(page, 'ada@example.com');
    await page.goto('/account/security');
    await view('security', page);
    await visitor.close();

    const admin = await window(theme, 1280);
    const console = await admin.newPage();
    await console.goto('/sign-in?next=/console');
    await signIn(console, ROOT_EMAIL);
    await console.getByRole('link', { name: 'Ada Lovelace' }).waitFor();
    await view('console', console);
    await console.getByRole('link', { name: 'Ada Lovelace' }).click();
    await console.getByRole('table', { name: 'Sessions' }).waitFor();
    await view('console-user', console);
    await admin.close();
  }
}

/** All pages, as they are. */
async function allPages(into: string): Promise<void> {
  mkdirSync(into, { recursive: true });
  for (const theme of themes)
    for (const width of widths) {
      const context = await window(theme, width);
      const page = await context.newPage();
      const take = (name: string) =>
        page.screenshot({ path: join(into, `${name}-${theme}-${width}.png`), fullPage: true });
      const takePath = async (path: string) => {
        await page.goto(`/${path}`);
        await take(path.replaceAll('/', '-'));
      };
      for (const path of open) await takePath(path);
      await page.goto('/sign-in');
      await page.fill('[name=email]', 'ada@example.com');
      await page.click('.primary');
      await take('sign-in-error');
      await signIn(page, 'ada@example.com');
      for (const path of own) await takePath(path);
      await context.close();
    }
}

function window(colorScheme: (typeof themes)[number], width: number): Promise<BrowserContext> {
  return browser.newContext({
    baseURL: service.url,
    colorScheme,
    viewport: { width, height: 800 },
  });
}

async function signIn(page: Page, email: string): Promise<void> {
  await page.fill('[name=email]', email);
  await page.fill('[name=password]', PASSWORD);
  await page.click('.primary');
  await page.waitForURL(/\/(account|console)/);
}

/** Chromium compresses as well: WebP has a tenth of the size of PNG. */
async function compressed(page: Page, file: string): Promise<void> {
  const picture = (await page.screenshot()).toString('base64');
  const blank = await page.context().newPage();
  const data = await blank.evaluate<string>(`(async () => {
    const image = new Image();
    image.src = 'data:image/png;base64,${picture}';
    await image.decode();
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [image.width, image.height];
    canvas.getContext('2d').drawImage(image, 0, 0);
    return canvas.toDataURL('image/webp', 0.9).split(',')[1];
  })()`);
  writeFileSync(file, Buffer.from(data, 'base64'));
  await blank.close();
}
