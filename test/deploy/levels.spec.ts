import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { copySources, type SourceCopy } from '../support/slice.js';

/** Files that break one rule each, with what they import. */
const planted: [rule: string, file: string, imported: string][] = [
  ['platform-imports-nothing-above', 'platform/faults/planted.ts', 'features/users/user.errors'],
  ['features-imports-nothing-above', 'features/privacy/planted.ts', 'bootstrap/features'],
  ['common-imports-lower-folders', 'platform/common/planted.ts', 'platform/config/area'],
  ['redis-imports-lower-folders', 'platform/redis/planted.ts', 'platform/workers/io-pool'],
  ['users-imports-lower-folders', 'features/users/planted.ts', 'features/tiers/tiers.module'],
  ['bulk-imports-lower-folders', 'features/bulk/planted.ts', 'features/tiers/tiers.module'],
  ['no-circular', 'features/recovery/planted.ts', 'features/recovery/planted'],
  ['folders-of-platform-have-a-level', 'bootstrap/planted.ts', 'platform/planted/planted'],
  ['folders-of-features-have-a-level', 'bootstrap/planted.ts', 'features/planted/planted'],
  [
    'no-circular-folders',
    'features/sessions/tokens/planted.ts',
    'features/sessions/sign-in/sign-in.schemas',
  ],
];

describe('the rules of levels', () => {
  let copy: SourceCopy;
  beforeAll(() => {
    copy = copySources();
  });
  afterAll(() => copy?.remove());

  /** Names of the rules that the imports of the copy break. */
  async function brokenRules(): Promise<string[]> {
    const { stdout } = await copy.run('depcruise', 'src', '--output-type', 'json');
    const { summary } = JSON.parse(stdout) as {
      summary: { violations: { rule: { name: string } }[] };
    };
    return [...new Set(summary.violations.map(({ rule }) => rule.name))].toSorted();
  }

  it('name each import that runs up, sideways or in a circle', async () => {
    const texts = Map.groupBy(planted, ([, file]) => file);
    for (const folder of ['platform', 'features']) texts.set(`${folder}/planted/planted.ts`, []);
    for (const [file, imports] of texts) {
      const path = join(copy.folder, 'src', file);
      const up = file.replace(/[^/]+$/, '').replaceAll(/[^/]+\//g, '../');
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, imports.map(([, , to]) => `import '${up}${to}.js';\n`).join(''));
    }
    expect(await brokenRules()).toEqual(planted.map(([rule]) => rule).toSorted());
  });
});
