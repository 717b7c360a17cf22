import TestSequencer from '@jest/test-sequencer';

/**
 * Spreads the drills evenly among the suites that start processes or use a database, so that only a
 * few drills put load on the machine at a time; unit tests fill the end. Within each tier the order is
 * Jest's: by the last run, or by size.
 */
export default class DrillsBetween extends TestSequencer {
  sort(tests) {
    // oxlint-disable-next-line unicorn/no-array-sort -- it is Jest's
    const sorted = super.sort(tests);
    const drills = sorted.filter(({ path }) => path.includes('/test/drills/'));
    const units = sorted.filter(({ path }) => !path.includes('/test/'));
    const others = sorted.filter((test) => !drills.includes(test) && !units.includes(test));
    const due = (count) => Math.floor((count * drills.length) / others.length);
    const between = others.flatMap((test, index) => [
      test,
      ...drills.slice(due(index), due(index + 1)),
    ]);
    return [...(others.length > 0 ? between : drills), ...units];
  }
}
