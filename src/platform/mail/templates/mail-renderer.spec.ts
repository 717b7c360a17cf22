import { globSync } from 'node:fs';
import { join } from 'node:path';

import { contrast, readableOn } from '../../branding/contrast.js';
import { languages } from '../../common/locale.js';
import { sampleOf } from '../messages/sample-variables.js';
import { faultsOf } from './template-check.js';
import { type MailTemplate, mailTemplates } from '../messages/mail.js';
import { neededOf, variablesOf } from '../messages/mail-links.js';
import { MailRenderer } from './mail-renderer.js';
import { MailTemplates } from './mail-templates.js';

const BRANDING = {
  name: 'Example & Co',
  color: '#1f5fbf',
  textColor: '#ffffff',
  logo: undefined,
  defaultLocale: 'fr-CA',
};
const FOLDER = join(import.meta.dirname, '../../../../mails');
const testRenderer = (branding: object = {}) =>
  new MailRenderer(
    { base: 'https://app.example' },
    { ...BRANDING, ...branding },
    new MailTemplates(undefined),
  );
const renderer = testRenderer();
const every = mailTemplates.flatMap((template) =>
  languages.map((language): [MailTemplate, string] => [template, language]),
);
const LINK =
  /https:\/\/app\.example\/(verify-email|reset-password|invitation|not-me)\?token=a%2Bb%2Fc|https:\/\/app\.example\/(sign-in|account\/security)/;

/** The text of HTML without its head, tags and entities. */
const wordsOf = (html: string) =>
  html
    .replace(/^.*<\/style>/s, '')
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
    .replaceAll(/\s+/g, ' ');

describe('the templates of this service', () => {
  it('are there for every mail in every language, and for nothing else', () => {
    const expected = every.map(([template, language]) => `${template}/${language}.liquid`);
    const found = globSync('**/*.liquid', { cwd: FOLDER });
    expect(found.toSorted()).toEqual([...expected, 'button.liquid', 'layout.liquid'].toSorted());
  });

  it('keep the rules for own templates', async () => {
    expect(await faultsOf(FOLDER)).toEqual([]);
  });

  it.each(every)(
    '%s in %s greets by name, and has subject, text, HTML and link',
    async (template, language) => {
      const variables = {
        ...sampleOf(template, language),
        ...(variablesOf(template).includes('token') && { token: 'a+b/c' }),
      };
      const { subject, text, html } = await renderer.render({ template, variables });
      expect(subject).toMatch(/^\S.{3,77}$/);
      expect(html).toContain(`<html lang="${language}"`);
      // Some programs drop html and body with their attributes.
      expect(html).toMatch(new RegExp(`<table [^>]*lang="${language}" dir="ltr"`));
      expect(wordsOf(/<h1 .*<\/h1>/.exec(html)?.[0] ?? '').trim()).toBe(subject);
      const named = variablesOf(template).includes('name');
      expect(text.split('\n')[0]?.includes('Ada Lovelace')).toBe(named);
      expect(wordsOf(html).includes('Ada Lovelace')).toBe(named);
      expect(LINK.test(text)).toBe(neededOf(template).length > 0);
      expect(/<a href="https:\/\/app\.example\//.test(html)).toBe(neededOf(template).length > 0);
      // The whole text is in the HTML, and no HTML in the text.
      const sentences = text
        .split('-- ')[0]
        ?.split('\n\n')
        .filter((line) => !line.includes('https:'));
      for (const sentence of sentences ?? [])
        expect(wordsOf(html)).toContain(sentence.replaceAll(/\s+/g, ' ').trim());
      expect(text).not.toMatch(/<\/?[a-z]|&#?\w+;|\{\{|\{%|undefined|null/);
      expect(html).not.toMatch(/\{\{|\{%|undefined|null\b/);
      expect(html).not.toContain('\u0000');
    },
  );

  it.each(every)(
    '%s in %s greets nobody by name where there is none',
    async (template, language) => {
      const { text } = await renderer.render({
        template,
        variables: { locale: language, token: 't' },
      });
      expect(text.split('\n')[0]).toMatch(/^(Hello|Guten Tag|Bonjour|Hola)[,:]$/);
    },
  );

  it('differ in every language', async () => {
    for (const template of mailTemplates) {
      const mails = await Promise.all(
        languages.map((locale) => renderer.render({ template, variables: { locale, token: 't' } })),
      );
      expect(new Set(mails.map(({ subject }) => subject)).size).toBe(languages.length);
    }
  });
});

describe('MailRenderer', () => {
  const welcome = { template: 'welcome', variables: { locale: 'en', token: 't' } } as const;

  it.each([
    ['de-AT', 'de'],
    ['it', 'fr'],
    ['es-419', 'es'],
  ])('writes to a reader of %s in %s', async (locale, language) => {
    const { html } = await renderer.render({ ...welcome, variables: { locale, token: 't' } });
    expect(html).toContain(`<html lang="${language}"`);
  });

  it('writes English where neither the locale nor the default one has texts', async () => {
    const { html } = await testRenderer({ defaultLocale: 'ja' }).render({
      ...welcome,
      variables: { locale: 'it', token: 't' },
    });
    expect(html).toContain('<html lang="en"');
  });

  it('escapes hostile names in HTML, and leaves them as they are in text', async () => {
    const name = `<img src=x onerror="alert('1')"> & {{ token }}`;
    const variables = { locale: 'en', name, token: 'secret' };
    const { subject, text, html } = await renderer.render({ template: 'verify_email', variables });
    expect(text).toContain(`Hello ${name},`);
    expect(html).not.toContain('<img');
    expect(html).toContain(
      '&lt;img src=x onerror=&#34;alert(&#39;1&#39;)&#34;&gt; &amp; {{ token }}',
    );
    expect(subject).not.toContain('img');
  });

  it('lets a name begin no paragraph, header or button of its own', async () => {
    const name = 'Ada\r\n\r\nBcc: all@example.com\u0000';
    const { subject, text, html } = await renderer.render({
      template: 'verify_email',
      variables: { locale: 'en', name, token: 't' },
    });
    expect(subject).not.toContain('Bcc');
    expect(text.split('\n')[0]).toBe('Hello Ada Bcc: all@example.com ,');
    expect(html.match(/<a href=/g)).toHaveLength(2);
  });

  it.each(['#ffd400', '#ffffff', '#e91e63', '#7f7f7f', '#1f5fbf', '#000000'])(
    'writes the button white on dark, and of the colour %s where a program knows dark looks',
    async (color) => {
      const textColor = readableOn(color);
      const { html } = await testRenderer({ color, textColor }).render(welcome);
      const [, ground = '', letters = ''] =
        /class="button"[^>]*background-color:(#\w+)[^>]*><a [^>]*;color:(#\w+)/.exec(html) ?? [];
      expect(letters).toBe('#ffffff');
      expect(contrast(letters, ground)).toBeGreaterThanOrEqual(4.5);
      expect(html).toContain(`.button { background-color: ${color} !important; }`);
      expect(html).toContain(`.button a { color: ${textColor} !important; }`);
    },
  );

  it('shows the logo from the HTML itself, or from where it is told', async () => {
    const logo = { type: 'image/png', bytes: Buffer.from('picture') };
    const withLogo = testRenderer({ logo });
    const { html } = await withLogo.render(welcome);
    expect(html).toContain('<img src="data:image/png;base64,cGljdHVyZQ==" alt="Example &amp; Co"');
    expect((await withLogo.render(welcome, 'cid:logo')).html).toContain('<img src="cid:logo"');
    expect((await renderer.render(welcome)).html).not.toContain('<img');
  });
});
