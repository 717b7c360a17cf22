import { sized } from '../support/drill-length.js';
import { figure } from '../support/figure.js';
import { describeOverload, overload } from '../support/overload-drill.js';

const ROUNDS = sized(3, 5);
const SECONDS = sized(1, 4);
/**
 * In a test run other tests share the machine, and times are printed; alone, they are judged by
 * the aim.
 */
const SHARE_OF_PEAK = sized(0.5, 0.8);
const PROBE_MS = sized(Infinity, 100);
const REFUSAL_MS = sized(Infinity, 50);
const RECOVERY_MS = sized(Infinity, 1000);

describe('three times the capacity', () => {
  it('keeps the throughput of full capacity, and recovers at once', async () => {
    const figures = await overload(ROUNDS, SECONDS);
    figure(`overload: ${describeOverload(figures)}`);
    expect(figures.ratio).toBeGreaterThanOrEqual(SHARE_OF_PEAK);
    expect(figures.statuses).toContain('503');
    expect(figures.probeStatuses).toEqual([200]);
    expect(figures.probe.p99).toBeLessThan(PROBE_MS);
    expect(figures.refusal.p99).toBeLessThan(REFUSAL_MS);
    expect(figures.recoveryMs).toBeLessThan(RECOVERY_MS);
  }, 180_000);

  // Too short a time shows nothing: the queue has to fill.
  sized(it.skip, it)(
    'would do harm without admission control',
    async () => {
      const figures = await overload(ROUNDS, SECONDS, { ADMISSION_CONTROL: 'false' });
      figure(`overload without admission control: ${describeOverload(figures)}`);
      // The pool still refuses what would wait longer than a second; that comes late and costs more.
      expect(figures.ok.p50).toBeGreaterThan(500);
    },
    180_000,
  );
});
