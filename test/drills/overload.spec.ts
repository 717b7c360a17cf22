import { figure } from '../support/figure.js';
import { describeOverload, overload } from '../support/overload-drill.js';

it('keeps working at three times its capacity, and recovers at once', async () => {
  const figures = await overload(3);
  figure(`overload: ${describeOverload(figures)}`);
  const { peak, overload: during, after, ratio } = figures;
  // Other tests share the machine with this one; the drill proper is stricter.
  expect(ratio).toBeGreaterThan(0.6);
  expect(Object.keys(during.statuses).toSorted()).toEqual(['200', '503']);
  expect(during.probeStatuses).toEqual([200]);
  expect(during.refused.p50).toBeLessThan(50);
  expect(after.perSecond.ok).toBeGreaterThan(0.6 * peak);
}, 60_000);
