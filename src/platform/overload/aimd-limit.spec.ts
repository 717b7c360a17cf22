import { AimdLimit } from './aimd-limit.js';

const create = () =>
  new AimdLimit({ initial: 100, least: 10, most: 120, increase: 8, backoff: 0.9 });

describe('AimdLimit', () => {
  it('shrinks by a tenth of the requests in flight in a congested window, down to its minimum', () => {
    const limit = create();
    limit.update(50, true);
    expect(limit.current).toBe(45);
    limit.update(45, true);
    expect(limit.current).toBe(40);
    for (let window = 0; window < 30; window += 1) limit.update(limit.current, true);
    expect(limit.current).toBe(10);
  });

  it('grows step by step while it is in use, up to its maximum', () => {
    const limit = create();
    limit.update(50, false);
    expect(limit.current).toBe(108);
    for (let window = 0; window < 5; window += 1) limit.update(limit.current, false);
    expect(limit.current).toBe(120);
  });

  it('keeps its size while demand is low', () => {
    const limit = create();
    limit.update(49, false);
    expect(limit.current).toBe(100);
  });
});
