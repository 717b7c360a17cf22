import { missingPrograms } from '../support/missing-programs-reporter.js';

describe('the end of a test run', () => {
  it('lists skipped tests by missing program', () => {
    const [status, passed] = ['pending', 'passed'];
    expect(
      missingPrograms([
        { status, fullName: 'behind PgBouncer (needs pgbouncer) migrates' },
        { status, fullName: 'behind PgBouncer (needs pgbouncer) signs up' },
        { status, fullName: 'the page (needs chromium) works' },
        { status, fullName: 'left out by a filter' },
        { status: passed, fullName: 'a title (needs nothing) that passed' },
      ]),
    ).toEqual([
      'Skipped for want of pgbouncer: 2 tests.',
      'Skipped for want of chromium: 1 tests.',
    ]);
  });
});
