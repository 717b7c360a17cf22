import { sized } from '../support/drill-length.js';
import { complaints, copySources, type SourceCopy } from '../support/slice.js';

describe('a generated slice', () => {
  let copy: SourceCopy;
  beforeAll(() => {
    copy = copySources();
  });
  afterAll(() => copy?.remove());

  /** Its tests migrate a database, and create, list, delete, export and erase over HTTP. */
  it('passes its own tests and those of all features', async () => {
    expect(complaints(await copy.run('node', 'scripts/slice.ts', 'specimens'))).toBe('');
    expect(complaints(await copy.run('npm', 'run', 'build'))).toBe('');
    const own = ['src/features/specimens', 'test/(e2e|integration)/specimens.spec.ts'];
    const all = [
      'src/bootstrap',
      'test/integration/(personal-data|entities).spec.ts',
      'test/e2e/(openapi|encodings|ids|fuzz|lost-dependencies).spec.ts',
    ];
    const tests = sized(own, [...own, ...all]);
    expect(complaints(await copy.run('npm', 'test', '--', ...tests))).toBe('');
    const lint = ['--type-aware', ...own];
    const checks = sized([], [copy.run('oxlint', ...lint), copy.run('depcruise', 'src')]);
    expect((await Promise.all(checks)).filter((check) => complaints(check) !== '')).toEqual([]);
  }, 240_000);
});
