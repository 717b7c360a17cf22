import { sized } from '../support/drill-length.js';
import { figure } from '../support/figure.js';
import { describeHashing, hashAtFullRate } from '../support/hashing-drill.js';

const SECONDS = sized(3, 30);
/** Half of the loop's turns in a test run, as other tests take the processor for longer; 99 % alone. */
const JUDGED = sized('p50', 'p99');
const LATE_MS = 50;

it('leaves the event loop free while the threads hash at full rate', async () => {
  const figures = await hashAtFullRate(SECONDS);
  figure(`hashing at full rate: ${describeHashing(figures)}`);
  expect(figures.signInsPerSecond).toBeGreaterThan(0);
  expect(figures.loopDelay[JUDGED]).toBeLessThan(LATE_MS);
}, 120_000);
