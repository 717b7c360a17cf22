import { Overloaded } from '../problems/problem.js';
import { Bulkhead } from './bulkhead.js';

/** Calls that last until they are told to end. */
function hanging<Name extends string>(bulkhead: Bulkhead<Name>) {
  const started: string[] = [];
  const ends: (() => void)[] = [];
  return {
    started,
    call: (name: Name) =>
      bulkhead
        .execute(name, () => {
          started.push(name);
          return new Promise<void>((end) => ends.push(end));
        })
        .catch((error: unknown) => error),
    /** Ends the call that has lasted longest. */
    end: async () => {
      ends.shift()?.();
      // What follows an end does so in microtasks.
      await new Promise(setImmediate);
    },
  };
}

describe('Bulkhead', () => {
  it('limits concurrent and waiting calls, and refuses the rest', async () => {
    const bulkhead = new Bulkhead({ names: ['a'], slots: 2, reserve: 0, queue: 1 });
    const { started, call, end } = hanging(bulkhead);
    const calls = Array.from({ length: 4 }, () => call('a'));
    expect(await calls[3]).toBeInstanceOf(Overloaded);
    expect([started.length, bulkhead.active, bulkhead.queued]).toEqual([2, 2, 1]);
    await end();
    expect([started.length, bulkhead.active, bulkhead.queued]).toEqual([3, 2, 0]);
    await end();
    await end();
    expect(bulkhead.active).toBe(0);
    await expect(bulkhead.execute('a', () => Promise.reject(new Error('its own')))).rejects.toThrow(
      'its own',
    );
    expect(bulkhead.active).toBe(0);
  });

  it('keeps the reserve of each dependency when another one hangs', () => {
    const bulkhead = new Bulkhead({ names: ['a', 'b'], slots: 4, reserve: 1, queue: 9 });
    const { started, call } = hanging(bulkhead);
    for (let index = 0; index < 6; index += 1) void call('a');
    expect(started).toEqual(['a', 'a', 'a']);
    void call('b');
    expect(started).toEqual(['a', 'a', 'a', 'b']);
    void call('b');
    expect([bulkhead.active, bulkhead.queued]).toEqual([4, 4]);
  });

  it('gives a free slot to the longest waiting eligible call', async () => {
    const bulkhead = new Bulkhead({ names: ['a', 'b'], slots: 4, reserve: 1, queue: 9 });
    const { started, call, end } = hanging(bulkhead);
    for (const name of ['b', 'b', 'a', 'a', 'b', 'a', 'a'] as const) void call(name);
    expect(started.splice(0)).toEqual(['b', 'b', 'a', 'a']);
    await end();
    expect(started.splice(0)).toEqual(['b']);
    await end();
    expect(started.splice(0)).toEqual(['a']);
    // The last slot of b is its reserve: a has to wait, although b does not ask for more.
    await end();
    expect(started.splice(0)).toEqual(['a']);
    void call('a');
    expect([bulkhead.active, bulkhead.queued]).toEqual([4, 1]);
    await end();
    expect(started.splice(0)).toEqual(['a']);
  });

  it('rejects unknown dependencies', async () => {
    const bulkhead = new Bulkhead<string>({ names: ['a'], slots: 1, reserve: 0, queue: 0 });
    await expect(bulkhead.execute('b', () => Promise.resolve())).rejects.toThrow('no share');
  });
});
