import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..', '..');
const PAGE = readFileSync(join(ROOT, 'docs', 'security.md'), 'utf8');

/** Last requirement of levels 1 and 2 of each section of ASVS 5.0.0; later ones are of level 3. */
const SECTIONS = {
  '6.1': 3,
  '6.2': 12,
  '6.3': 4,
  '6.4': 4,
  '6.5': 5,
  '6.6': 3,
  '6.8': 4,
  '7.1': 3,
  '7.2': 4,
  '7.3': 2,
  '7.4': 5,
  '7.5': 2,
  '7.6': 2,
  '8.1': 2,
  '8.2': 3,
  '8.3': 1,
  '8.4': 1,
  '10.1': 2,
  '10.2': 2,
  '10.3': 4,
  '10.4': 11,
  '10.5': 5,
  '10.6': 2,
  '10.7': 3,
};

/** Rows about a requirement: number, how it is met, tests, state. */
const requirements = PAGE.split('\n')
  .filter((line) => /^\| \d+\.\d+\.\d+ /.test(line))
  .map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );

describe('the page about security', () => {
  it('has each requirement of levels 1 and 2 of the chapters on people, sessions and rights', () => {
    const all = Object.entries(SECTIONS).flatMap(([section, last]) =>
      Array.from({ length: last }, (_, index) => `${section}.${index + 1}`),
    );
    expect(requirements.map(([number]) => number)).toEqual(all);
  });

  it('says of each how it is met, by what that is shown, and its state', () => {
    for (const [number, how, shown, state] of requirements) {
      expect([number, how]).not.toContain('');
      expect([number, ['met', 'partly', 'not met', 'not used'].includes(String(state))]).toEqual([
        number,
        true,
      ]);
      expect([number, shown === '–']).toEqual([number, state === 'not used']);
    }
  });

  it('names tests that exist', () => {
    const named = [...PAGE.matchAll(/`((?:e2e|drills|integration)\/[\w-]+)`/g)].map(
      ([, path]) => `test/${path}.spec.ts`,
    );
    expect(named.length).toBeGreaterThan(100);
    expect(named.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  });
});
