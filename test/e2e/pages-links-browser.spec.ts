import type { Browser, Request } from 'playwright-core';

import { newPage, openBrowser } from '../support/chromium.js';
import { describeInBrowser } from '../support/installed.js';
import { type MailService, startMailService } from '../support/mail-service.js';
import { mailedLinks } from '../support/mailed-links.js';
import { type Api, testApi } from '../support/test-api.js';

describeInBrowser('a mailed link in a browser', () => {
  let api: Api;
  let mails: MailService;
  let browser: Browser;

  beforeAll(async () => {
    mails = await startMailService();
    api = await testApi().withMails(mails).start();
    browser = await openBrowser();
  });

  afterAll(async () => {
    await browser?.close();
    await api?.stop();
    await mails?.stop();
  });

  it.each(mailedLinks)(
    '$name, and no Referer or later address has its token',
    async ({ page: path, action = path, fields = {}, leadsTo, template, send }) => {
      const { token } = (await mails.mailed(await send(api), template)).variables;
      const { page } = await newPage(browser, { baseURL: api.url });
      const requests: Request[] = [];
      page.on('request', (request) => requests.push(request));

      const link = `${path}?token=${token}`;
      await page.goto(link);
      const form = page.locator(`form[action="${action}"]`);
      for (const [name, value] of Object.entries(fields))
        await form.locator(`[name="${name}"]`).fill(value);
      await form.locator('button.primary').click();
      await page.waitForURL(`**${leadsTo}`);
      await page.getByRole('link').last().click();
      await page.waitForURL((url) => !url.href.endsWith(leadsTo));

      const sent = await Promise.all(
        requests.map(async (request) => ({
          address: request.url(),
          referer: (await request.allHeaders())['referer'] ?? '',
        })),
      );
      const [opened, ...later] = sent;
      expect(opened?.address).toBe(`${api.url}${link}`);
      expect(later.map(({ address }) => address)).toContain(`${api.url}${leadsTo}`);
      expect(later.filter(({ address }) => address.includes(token))).toEqual([]);
      expect(later.filter(({ referer }) => referer !== '')).toEqual([]);
      await page.context().close();
    },
  );
});
