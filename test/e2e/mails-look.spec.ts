import type { Browser, Page } from 'playwright-core';

import { languages } from '../../src/platform/common/locale.js';
import { mailTemplates } from '../../src/platform/mail/messages/mail.js';
import { sampleOf } from '../../src/platform/mail/messages/sample-variables.js';
import { MailRenderer } from '../../src/platform/mail/templates/mail-renderer.js';
import { MailTemplates } from '../../src/platform/mail/templates/mail-templates.js';
import { newPage, openBrowser, serious } from '../support/chromium.js';
import { describeInBrowser } from '../support/installed.js';

const WIDTHS = [640, 320];
/** Nothing in them can be broken at a space. */
const LONG_NAME = 'Wolfeschlegelsteinhausenbergerdorff'.repeat(4);
const LONG_BASE = `https://${'a-rather-long-label.'.repeat(5)}example`;
const BRANDING = {
  name: 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft',
  color: '#1f5fbf',
  textColor: '#ffffff',
  logo: undefined,
  defaultLocale: 'en',
};
const WIDE_LOGO = {
  type: 'image/svg+xml',
  bytes: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="3000" height="40"/>'),
};

/** Whatever is too long is so visibly. Addresses have no words. */
const UNBROKEN = `
  * { overflow-wrap: normal !important; word-break: normal !important; }
  .weak a { word-break: break-all !important; }`;

const rendererOf = (branding: ConstructorParameters<typeof MailRenderer>[1]) =>
  new MailRenderer({ base: LONG_BASE }, branding, new MailTemplates(undefined));

describeInBrowser('mails, in dark and light, wide and narrow', () => {
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    browser = await openBrowser();
    ({ page } = await newPage(browser));
  });

  afterAll(() => browser?.close());

  /** The widths that the page does not fit in. */
  async function tooNarrow(): Promise<string[]> {
    const faults: string[] = [];
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 800 });
      const needed = await page.evaluate<number>('document.documentElement.scrollWidth');
      if (needed !== width) faults.push(`needs ${needed} of ${width} px`);
    }
    return faults;
  }

  /** A theme has colours of its own, and nothing else. */
  async function seriousInBothThemes(): Promise<string[]> {
    await page.emulateMedia({ colorScheme: 'dark' });
    const dark = await serious(page, ['color-contrast']);
    await page.emulateMedia({ colorScheme: 'light' });
    return [...dark, ...(await serious(page))];
  }

  it.each(mailTemplates)(
    '%s fits with long names and links, and axe finds nothing serious',
    async (template) => {
      const renderer = rendererOf(BRANDING);
      const mails = await Promise.all(
        languages.map((language) => {
          const sample = sampleOf(template, language);
          const variables = { ...sample, ...('name' in sample && { name: LONG_NAME }) };
          return renderer.render({ template, variables });
        }),
      );
      // One below the other: browsers read them as one page.
      await page.setContent(mails.map(({ html }) => html).join(''));
      expect(await page.getByRole('heading').count()).toBe(languages.length);
      expect([...(await tooNarrow()), ...(await seriousInBothThemes())]).toEqual([]);
    },
  );

  it('words of our own are not broken', async () => {
    const renderer = rendererOf({ ...BRANDING, name: 'User Accounts' });
    const faults: string[] = [];
    for (const template of mailTemplates)
      for (const language of languages) {
        const variables = sampleOf(template, language);
        const { html } = await renderer.render({ template, variables });
        await page.setContent(html);
        await page.addStyleTag({ content: UNBROKEN });
        for (const fault of await tooNarrow()) faults.push(`${template} in ${language} ${fault}`);
      }
    expect(faults).toEqual([]);
  });

  it('a wide logo fits', async () => {
    const renderer = rendererOf({ ...BRANDING, logo: WIDE_LOGO });
    const variables = sampleOf('welcome', 'en');
    const { html } = await renderer.render({ template: 'welcome', variables });
    await page.setContent(html);
    expect(await tooNarrow()).toEqual([]);
  });
});
