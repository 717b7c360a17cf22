import { figure } from '../support/figure.js';
import { describeOverload, overload } from '../support/overload-drill.js';

const ROUNDS = 5;
const SECONDS = 4;

it('works at three times its capacity as it does at its capacity', async () => {
  const figures = await overload(ROUNDS, SECONDS);
  figure(`overload: ${describeOverload(figures)}`);
  expect(figures.ratio).toBeGreaterThanOrEqual(0.8);
  expect(figures.statuses).toEqual(['200', '503']);
  expect(figures.probeStatuses).toEqual([200]);
  expect(figures.probe.p99).toBeLessThan(100);
  expect(figures.refusal.p99).toBeLessThan(50);
  expect(figures.recoveryMs).toBeLessThan(1000);
}, 180_000);

it('does worse without admission control', async () => {
  const figures = await overload(ROUNDS, SECONDS, { ADMISSION_CONTROL: 'false' });
  figure(`overload without admission control: ${describeOverload(figures)}`);
  // The pool still refuses what would wait longer than a second; that comes late and costs more.
  expect(figures.ok.p50).toBeGreaterThan(500);
}, 180_000);
