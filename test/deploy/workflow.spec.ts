import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { supplyFaults } from '../../scripts/deploy/workflows.js';

const ROOT = join(import.meta.dirname, '..', '..');

describe('a workflow', () => {
  const publish = readFileSync(join(ROOT, '.github', 'workflows', 'image.yml'), 'utf8');

  it('has no faults', () => {
    expect(supplyFaults(publish)).toEqual([]);
  });

  it.each([
    ['an action by its tag', / # v5\.0\.0/, '', /not pinned/],
    ['an action by a branch', /@[0-9a-f]{40} # v5\.0\.0/, '@main', /not pinned/],
    [
      'tags before the scan',
      /aquasecurity\/trivy-action/,
      'other/scanner',
      /before the image is scanned/,
    ],
  ])('is refused with a planted fault: %s', (_name, sound, planted, fault) => {
    expect(publish.replace(sound, planted)).not.toBe(publish);
    expect(supplyFaults(publish.replace(sound, planted)).join('\n')).toMatch(fault);
  });
});
