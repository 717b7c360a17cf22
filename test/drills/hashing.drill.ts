import { figure } from '../support/figure.js';
import { describeHashing, hashAtFullRate } from '../support/hashing-drill.js';

it('leaves the event loop free while the threads hash at full rate', async () => {
  const figures = await hashAtFullRate(30);
  figure(`hashing at full rate: ${describeHashing(figures)}`);
  expect(figures.signInsPerSecond).toBeGreaterThan(0);
  expect(figures.loopDelay.p99).toBeLessThan(50);
}, 120_000);
