import { figure } from '../support/figure.js';
import { describeOverload, overload } from '../support/overload-drill.js';

const SECONDS = 15;

it('works at three times its capacity as it does at its capacity', async () => {
  const figures = await overload(SECONDS);
  figure(`overload: ${describeOverload(figures)}`);
  const { peak, overload: during, after, ratio } = figures;
  expect(ratio).toBeGreaterThanOrEqual(0.8);
  expect(Object.keys(during.statuses).toSorted()).toEqual(['200', '503']);
  expect(during.probeStatuses).toEqual([200]);
  expect(during.probes.p99).toBeLessThan(100);
  expect(during.refused.p99).toBeLessThan(50);
  expect(after.firstOkMs).toBeLessThan(1000);
  expect(after.perSecond.ok).toBeGreaterThan(0.8 * peak);
}, 180_000);

it('does worse without admission control', async () => {
  const figures = await overload(SECONDS, { ADMISSION_CONTROL: 'false' });
  figure(`overload without admission control: ${describeOverload(figures)}`);
  // The pool still refuses what would wait longer than a second; that comes late and costs more.
  expect(figures.overload.ok.p50).toBeGreaterThan(500);
}, 180_000);
