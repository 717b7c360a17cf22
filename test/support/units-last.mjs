import TestSequencer from '@jest/test-sequencer';

/**
 * Suites that start processes or use a database come first; unit tests, which are short, fill the end.
 * Within each the order is Jest's: by the last run, or by size.
 */
export default class UnitsLast extends TestSequencer {
  sort(tests) {
    // oxlint-disable-next-line unicorn/no-array-sort -- it is Jest's
    const sorted = super.sort(tests);
    const isUnit = ({ path }) => !path.includes('/test/');
    return [...sorted.filter((test) => !isUnit(test)), ...sorted.filter(isUnit)];
  }
}
