import { InterruptiblePause } from './interruptible-pause.js';

const POLL_MS = 1000;

describe('InterruptiblePause', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  function paused(pause: InterruptiblePause): { over: boolean } {
    const state = { over: false };
    void pause.upTo(POLL_MS).then(() => (state.over = true));
    return state;
  }

  it('lasts as long as it may', async () => {
    const state = paused(new InterruptiblePause());
    await jest.advanceTimersByTimeAsync(POLL_MS - 1);
    expect(state.over).toBe(false);
    await jest.advanceTimersByTimeAsync(1);
    expect(state.over).toBe(true);
  });

  it('ends with news, and leaves no timer', async () => {
    const pause = new InterruptiblePause();
    const state = paused(pause);
    pause.interrupt();
    await jest.advanceTimersByTimeAsync(0);
    expect([state.over, jest.getTimerCount()]).toEqual([true, 0]);
  });

  it('lasts until there is news, where it has no end of its own', async () => {
    const pause = new InterruptiblePause();
    let over = false;
    void pause.untilNews().then(() => (over = true));
    await jest.advanceTimersByTimeAsync(POLL_MS);
    expect(over).toBe(false);
    pause.interrupt();
    await jest.advanceTimersByTimeAsync(0);
    expect(over).toBe(true);
  });

  it('is left out after news during the look, and not after news before it', async () => {
    const pause = new InterruptiblePause();
    pause.reset();
    pause.interrupt();
    const first = paused(pause);
    await jest.advanceTimersByTimeAsync(0);
    pause.reset();
    const second = paused(pause);
    await jest.advanceTimersByTimeAsync(0);
    expect([first.over, second.over]).toEqual([true, false]);
  });
});
