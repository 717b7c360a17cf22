import TestSequencer from '@jest/test-sequencer';

/**
 * Drills mostly wait, all other suites mostly work: the order takes one of each in turn, so that the
 * processors are neither idle nor overrun. Within both it is Jest's: by the last run, or by size.
 */
export default class DrillsBetween extends TestSequencer {
  sort(tests) {
    // oxlint-disable-next-line unicorn/no-array-sort -- it is Jest's
    const sorted = super.sort(tests);
    const isDrill = ({ path }) => path.includes('/test/drills/');
    const drills = sorted.filter(isDrill);
    const others = sorted.filter((test) => !isDrill(test));
    return [
      ...others.flatMap((test, index) => [...drills.slice(index, index + 1), test]),
      ...drills.slice(others.length),
    ];
  }
}
