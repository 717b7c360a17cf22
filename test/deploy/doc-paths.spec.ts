import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { copySources, type SourceCopy } from '../support/slice.js';

const PAGE = 'docs/planted.md';

describe('the check of the paths in the pages', () => {
  let copy: SourceCopy;
  beforeAll(() => {
    copy = copySources();
    // The check asks git for the files.
    execFileSync('git', ['init', '--quiet'], { cwd: copy.folder });
  });
  afterAll(() => copy?.remove());

  /** What is wrong with a page, by the check. */
  async function faultsOf(text: string): Promise<string> {
    writeFileSync(join(copy.folder, PAGE), text);
    const { stderr } = await copy.run('node', 'scripts/check-doc-paths.ts');
    return stderr;
  }

  it.each([
    ['a file', '`src/no-file.ts`', 'src/no-file.ts'],
    ['a link to a file', '[page](no-page.md)', 'no-page.md'],
    [
      'a link to a heading',
      '[page](../CONTRIBUTING.md#no-heading)',
      '../CONTRIBUTING.md#no-heading',
    ],
    ['a link to a heading of its own', '[page](#no-heading)', '#no-heading'],
    ['a link to a repeated heading', '# Same\n# Same\n[page](#same-2)', '#same-2'],
    ['an image', '<img src="images/no-image.webp">', 'images/no-image.webp'],
  ])('finds %s that does not exist', async (_what, text, missing) => {
    const line = text.split('\n').length;
    expect(await faultsOf(text)).toBe(`${PAGE}:${line} names ${missing}, which does not exist\n`);
  });

  it.each([
    ['headings', '## `JWT_SECRET` is lost (or old)\n[a](#jwt_secret-is-lost-or-old)'],
    ['headings with links', '## [The page](api.md)\n[a](#the-page)'],
    ['repeated headings', '# Same\n# Same\n[a](#same) [b](#same-1)'],
    ['headings of other pages', '[a](../CONTRIBUTING.md#migrations)'],
    ['other sites', '[a](https://example.com/none#none)'],
    ['links in code', '`[a](none.md)`\n\n```md\n[a](none.md)\n```'],
  ])('accepts %s', async (_what, text) => {
    expect(await faultsOf(text)).toBe('');
  });
});
