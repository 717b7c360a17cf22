import type { PgBoss } from 'pg-boss';

import { QueueFeed } from './queue-feed.js';

const HOUR_MS = 3_600_000;

describe('QueueFeed', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('fetches at its start and whenever it is woken, and never by the clock', async () => {
    const fetch = jest.fn(async () => Promise.resolve([]));
    const feed = new QueueFeed({
      boss: { fetch } as unknown as PgBoss,
      queue: 'chore',
      slots: 2,
      run: ({ id, retryCount }) => Promise.resolve({ id, retryCount, state: 'completed' }),
      onError: (error) => {
        throw error;
      },
    });
    await jest.advanceTimersByTimeAsync(HOUR_MS);
    expect(fetch).toHaveBeenCalledTimes(1);
    feed.wake();
    await jest.advanceTimersByTimeAsync(HOUR_MS);
    expect(fetch).toHaveBeenCalledTimes(2);
    await feed.stop();
  });
});
