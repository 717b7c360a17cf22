import { isConnectionError } from '../errors/connection-errors.js';
import { WriteSlots } from './write-slots.js';

const never = () => new Promise<never>(() => undefined);

describe('WriteSlots', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it.each([
    [1, 1],
    [2, 1],
    [3, 2],
    [4, 3],
    [10, 8],
    [30, 23],
  ])('of a pool of %d gives writes %d connections', (poolMax, most) => {
    const slots = new WriteSlots(poolMax);
    let started = 0;
    for (let write = 0; write < 2 * poolMax; write += 1)
      void slots
        .run(() => {
          started += 1;
          return never();
        })
        .catch(() => undefined);
    expect(started).toBe(most);
    expect(slots.waiting).toBe(2 * poolMax - most);
  });

  it('gives slots in the order of the requests, even after a failure', async () => {
    const slots = new WriteSlots(1);
    const done: string[] = [];
    const write = (name: string) => slots.run(async () => done.push(name));
    const failing = slots.run(async () => Promise.reject(new Error('refused')));
    const others = Promise.all([write('first'), write('second')]);
    await expect(failing).rejects.toThrow('refused');
    await others;
    expect(done).toEqual(['first', 'second']);
  });

  it('fails a write that waits for 3 s as unavailable, and removes it from the queue', async () => {
    const slots = new WriteSlots(1);
    const { promise, resolve } = Promise.withResolvers<void>();
    const hanging = slots.run(() => promise);
    const outcome = slots.run(never).catch((error: unknown) => error);
    await jest.advanceTimersByTimeAsync(3000);
    expect(isConnectionError(await outcome)).toBe(true);
    expect(slots.waiting).toBe(0);
    resolve();
    await hanging;
    expect(await slots.run(async () => 'written')).toBe('written');
  });
});
