import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Page } from 'playwright-core';

import { createUser, PASSWORD } from '../test/support/accounts.js';
import { launchChromium } from '../test/support/console.js';
import { startService } from '../test/support/service.js';

/**
 * Takes pictures of the pages, in both themes and both widths: `node --import ./scripts/ts-hooks.mjs
 * scripts/screenshots.ts [folder]`. It starts an API of its own with the embedded database.
 */
const folder = process.argv[2] ?? 'docs/screenshots';
const widths = [320, 1280];
const themes = ['light', 'dark'] as const;
const open = ['sign-in', 'sign-up', 'forgot-password', 'verify-email', 'nowhere'];
const own = ['account', 'account/security'];

mkdirSync(folder, { recursive: true });
const dataDir = mkdtempSync(join(tmpdir(), 'cnua-pictures-'));
const service = await startService({
  DATA_DIR: dataDir,
  JOBS_IN_API: 'false',
  OIDC_PROVIDERS: JSON.stringify([
    {
      id: 'example',
      issuer: 'http://127.0.0.1:9999',
      client_id: 'x',
      client_secret: 'x',
      label: 'Example ID',
    },
  ]),
});
const browser = await launchChromium();
try {
  const { email } = await createUser(service, { email: 'ada@example.com', name: 'Ada Lovelace' });
  for (const theme of themes)
    for (const width of widths) {
      const context = await browser.newContext({
        baseURL: service.url,
        colorScheme: theme,
        viewport: { width, height: 800 },
      });
      const page = await context.newPage();
      for (const path of open) await picture(page, path, `${theme}-${width}`);
      await page.goto('/sign-in');
      await page.fill('[name=email]', email);
      await page.click('.primary');
      await save(page, `sign-in-error-${theme}-${width}`);
      await page.fill('[name=password]', PASSWORD);
      await page.click('.primary');
      await page.waitForURL('**/account');
      for (const path of own) await picture(page, path, `${theme}-${width}`);
      await context.close();
    }
} finally {
  await browser.close();
  await service.stop();
  rmSync(dataDir, { recursive: true, force: true });
}

async function picture(page: Page, path: string, kind: string): Promise<void> {
  await page.goto(`/${path}`);
  await save(page, `${path.replaceAll('/', '-')}-${kind}`);
}

async function save(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}
