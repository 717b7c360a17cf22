import { figure } from '../support/figure.js';
import { describeOverload, overload } from '../support/overload-drill.js';

it('keeps working at three times its capacity, and recovers at once', async () => {
  const figures = await overload(3, 1);
  figure(`overload: ${describeOverload(figures)}`);
  // Other tests share the machine with this one; the drill proper is stricter.
  expect(figures.ratio).toBeGreaterThan(0.6);
  expect(figures.statuses).toEqual(['200', '503']);
  expect(figures.probeStatuses).toEqual([200]);
  expect(figures.refusal.p50).toBeLessThan(50);
  expect(figures.recoveryMs).toBeLessThan(1000);
}, 60_000);
