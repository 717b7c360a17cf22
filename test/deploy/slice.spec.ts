import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { complaints, copySources, type SourceCopy } from '../support/slice.js';

describe('npm run slice', () => {
  let copy: SourceCopy;
  beforeAll(() => {
    copy = copySources();
  });
  afterAll(() => copy?.remove());

  /** Texts by their files. */
  function texts(): Record<string, string> {
    const files = globSync('{src,migrations,test/e2e,test/integration}/**/*.*', {
      cwd: copy.folder,
    });
    return Object.fromEntries(
      [...files, '.dependency-cruiser.cjs', 'CHANGELOG.md'].map((file) => [
        file,
        readFileSync(join(copy.folder, file), 'utf8'),
      ]),
    );
  }

  it.each([
    [[], 'takes one name'],
    [['orders', 'notes'], 'takes one name'],
    [['--force', 'orders'], 'takes no options'],
    [['Orders'], 'is no name'],
    [['order'], 'is no name'],
    [['saved_searches'], 'is no name'],
    [['../orders'], 'is no name'],
    [['s'], 'is no name'],
    [[`${'x'.repeat(40)}s`], 'is no name'],
    [['class'], 'is reserved'],
    [['dates'], 'is reserved'],
    [['sessions'], 'src/features/sessions exists'],
    [['jobs'], 'src/platform/jobs exists'],
    [['refresh-tokens'], 'has a table refresh_tokens'],
  ])('refuses %j in a line, and writes nothing', async (args, reason) => {
    const before = texts();
    const { code, stdout, stderr } = await copy.run('node', 'scripts/slice.ts', ...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(reason);
    expect(stderr).toMatch(/^slice: [^\n]+\n$/);
    expect(texts()).toEqual(before);
  });

  it('writes a formatted slice that passes types and lint, and changes three files', async () => {
    const before = texts();
    // Names that no feature is likely to have. The long one makes the row of features too long
    // for a line, and the last one is added to that.
    const names = ['specimens', 'saved-specimens', `${'x'.repeat(39)}s`, 'last-specimens'];
    for (const name of names)
      expect(complaints(await copy.run('node', 'scripts/slice.ts', name))).toBe('');
    const after = texts();
    const added = Object.entries(after).filter(([file]) => !(file in before));
    expect(added).toHaveLength(names.length * 18);
    // Marks of the templates.
    expect(added.filter(([, text]) => /__\w/.test(text)).map(([file]) => file)).toEqual([]);
    const changed = Object.keys(before).filter((file) => after[file] !== before[file]);
    expect(changed.toSorted()).toEqual([
      '.dependency-cruiser.cjs',
      'CHANGELOG.md',
      'src/bootstrap/features.ts',
    ]);
    const written = [...added.map(([file]) => file), ...changed];
    const code = written.filter((file) => file.endsWith('.ts'));
    const checks = [
      copy.run('oxlint', '--type-aware', '--type-check', ...code),
      copy.run('prettier', '--check', '--ignore-unknown', ...written),
    ];
    expect((await Promise.all(checks)).map(complaints)).toEqual(['', '']);
  });
});
