import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { MailRenderer } from './mail-renderer.js';
import { MailTemplates } from './mail-templates.js';
import { faultsOf } from './template-check.js';

const BRANDING = {
  name: 'Example & Co',
  color: '#1f5fbf',
  textColor: '#ffffff',
  logo: undefined,
  defaultLocale: 'fr-CA',
};
const testRenderer = (folder: string) =>
  new MailRenderer({ base: 'https://app.example' }, BRANDING, new MailTemplates(folder));

const GOOD = '---\nsubject: Hi\nbutton: Go\n---\nHello {{ name }},\n\n{{ link }}\n';
const withHtml = (html: string) => `${GOOD}---\n${html}`;

describe('own templates', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'templates-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  async function faults(content: string, file = 'welcome/de.liquid') {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), content);
    return (await faultsOf(folder)).map((fault) => fault.replace(`${folder}/`, ''));
  }

  it.each([
    [
      'a tag that is not closed',
      GOOD.replace('{{ link }}', '{% if name %}{{ link }}'),
      7,
      /not closed/,
    ],
    ['an output that is not closed', GOOD.replace('{{ link }}', '{{ link'), 7, /not closed/],
    ['an unknown tag', GOOD.replace('{{ link }}', '{% x %}{{ link }}'), 7, /"x" not found/],
    ['an unknown filter', GOOD.replace('{{ link }}', '{{ link | x }}'), 7, /undefined filter: x/],
    ['the filter raw', withHtml('<p>{{ name | raw }}{{ link }}</p>'), 9, /undefined filter: raw/],
    [
      'an unknown variable',
      GOOD.replace('name', 'nmae'),
      5,
      /unknown variable nmae; there are .*name/,
    ],
    ['an unknown variable in the head', GOOD.replace('Hi', 'Hi {{ x }}'), 2, /unknown variable x/],
    ['no link', GOOD.replace('{{ link }}', ''), 5, /without the variable link or token/],
    ['no link in its HTML', withHtml('<p>{{ name }}</p>'), 9, /without the variable link or token/],
    [
      'a link that runs code',
      withHtml('<p>\n<a href="javascript:x()">{{ link }}</a>'),
      10,
      /must not run code/,
    ],
    [
      'a disguised one',
      withHtml('<a href="java&#115;cr&Tab;ipt&colon;x">{{ link }}</a>'),
      9,
      /must not run code/,
    ],
    ['a script', withHtml('<script>x()</script>{{ link }}'), 9, /must not run code/],
    ['a name in a tag', withHtml('{{ link }}\n<a href="{{ name }}">'), 10, /name in a tag/],
    ['HTML among the paragraphs', GOOD.replace('Hello', '<b>Hello'), 5, /must be text/],
    ['no head', 'Hello {{ link }}', 1, /must be ---/],
    ['an unknown line in its head', GOOD.replace('button', 'buton'), 3, /must be one of subject/],
    ['no subject', GOOD.replace('subject: Hi\n', ''), 1, /has no subject/],
    [
      'a file of ours',
      GOOD.replace('{{ link }}', '{% render "package.json" %}{{ link }}'),
      7,
      /not found/,
    ],
  ])('are refused with %s', async (_what, content, line, rule) => {
    const [fault, ...more] = await faults(content);
    expect(fault).toMatch(rule);
    expect(fault).toMatch(new RegExp(`^welcome/de\\.liquid:${line}: `));
    expect(more).toEqual([]);
  });

  it.each(['welcome/it.liquid', 'welcom/de.liquid', 'welcome/de.txt', 'de.liquid'])(
    'are refused as %s, which replaces nothing',
    async (file) => {
      expect(await faults(GOOD, file)).toEqual([expect.stringMatching(/replaces no template/)]);
    },
  );

  it('are refused without a folder', async () => {
    expect(await faultsOf(join(folder, 'none'))).toEqual([expect.stringMatching(/\(ENOENT\)/)]);
  });

  it('may be in a mounted ConfigMap', async () => {
    mkdirSync(join(folder, '..data/welcome'), { recursive: true });
    writeFileSync(join(folder, '..data/welcome/de.liquid'), GOOD.replace('name', 'nmae'));
    symlinkSync('..data/welcome', join(folder, 'welcome'));
    expect(await faultsOf(folder)).toHaveLength(1);
  });

  it('replace ours, one by one', async () => {
    expect(await faults(GOOD)).toEqual([]);
    const renderer = testRenderer(folder);
    const render = (locale: string) =>
      renderer.render({ template: 'welcome', variables: { locale, token: 't', name: 'Ada' } });
    expect(await render('de')).toMatchObject({
      subject: 'Hi',
      text: expect.stringContaining('Hello Ada,\n\nGo\nhttps://app.example/verify-email?token=t'),
    });
    expect((await render('en')).subject).toBe('Welcome to Example & Co');
  });

  it('may have HTML of their own, in which values are escaped', async () => {
    const html = '<h1>{{ name }}</h1><a href="{{ link }}" style="color:{{ color }}">x</a>';
    expect(await faults(withHtml(html))).toEqual([]);
    const mail = await testRenderer(folder).render({
      template: 'welcome',
      variables: { locale: 'de', token: 't', name: '<Ada>' },
    });
    expect(mail.html).toBe(
      '<h1>&lt;Ada&gt;</h1><a href="https://app.example/verify-email?token=t" style="color:#1f5fbf">x</a>',
    );
  });

  it('may replace the frame of all mails, which has to hold their content', async () => {
    expect(await faults('<p>{{ brand }}</p>', 'layout.liquid')).toEqual([
      'layout.liquid:1: ends without the variable content',
    ]);
    expect(await faults('<main>{{ content }}</main>', 'layout.liquid')).toEqual([]);
    const mail = await testRenderer(folder).render({
      template: 'factor_added',
      variables: { locale: 'en' },
    });
    expect(mail.html).toMatch(/^<main><p.*<\/main>\n$/s);
  });
});
