import TestSequencer from '@jest/test-sequencer';

/** Tiers by the length of their suites; a long one that starts last runs alone at the end. */
const TIERS = ['/test/drills/', '/test/e2e/', '/test/'];

function tierOf({ path }) {
  const tier = TIERS.findIndex((folder) => path.includes(folder));
  return tier === -1 ? TIERS.length : tier;
}

/** Within a tier as Jest does it: by earlier runs, or by the size of the file. */
export default class LongestFirst extends TestSequencer {
  sort(tests) {
    // oxlint-disable-next-line unicorn/no-array-sort -- it is Jest's
    const sorted = super.sort(tests);
    return sorted.toSorted((one, other) => tierOf(one) - tierOf(other));
  }
}
