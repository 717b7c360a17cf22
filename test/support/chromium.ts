import { AxeBuilder } from '@axe-core/playwright';
import {
  type Browser,
  type BrowserContextOptions,
  type BrowserServer,
  chromium,
  type Page,
} from 'playwright-core';

import { CHROMIUM } from './chromium-path.js';
import { type Running, sharedServer } from './shared-servers.js';
import { PATIENCE_MS } from './wait-for.js';

/** A name for this machine that browsers do not trust by plain HTTP, as they trust `localhost`. */
export const PLAIN_HOST = 'plain.example';

const ARGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  `--host-resolver-rules=MAP ${PLAIN_HOST} 127.0.0.1`,
];

/** Starts a Chromium, for `openBrowser`. */
export function startChromium(): Promise<BrowserServer> {
  return chromium.launchServer({ executablePath: CHROMIUM, args: ARGS });
}

/** Starts the Chromium of the whole run. */
export async function startSharedChromium(): Promise<Running> {
  const server = await startChromium();
  return { address: server.wsEndpoint(), end: () => server.close() };
}

/**
 * A browser for one suite: pages of its own in the Chromium of the run, which takes a second to start.
 * @param address of another Chromium.
 */
export async function openBrowser(address?: string): Promise<Browser> {
  return chromium.connect(address ?? (await sharedServer<string>('chromium')));
}

/** A page of a browser of its own, and what went wrong in it. */
export async function newPage(browser: Browser, options: BrowserContextOptions = {}) {
  const context = await browser.newContext({ acceptDownloads: true, ...options });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    // Chromium reports refusals of the API in this way, which the console expects.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      complaints.push(message.text());
  });
  page.setDefaultTimeout(PATIENCE_MS);
  return { page, complaints };
}

/** What axe finds serious or critical, each with the elements. @param rules to apply; all by default. */
export async function serious(page: Page, rules?: readonly string[]): Promise<string[]> {
  // Results of a page without frames need no second page to be put together in, which costs more than the rules.
  const axe = new AxeBuilder({ page })
    .options({
      resultTypes: ['violations'],
      ...(rules && { runOnly: { type: 'rule', values: [...rules] } }),
    })
    .setLegacyMode(page.frames().length === 1);
  const { violations } = await axe.analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}
