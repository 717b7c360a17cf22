import { throttle } from './throttle.js';

describe('throttle', () => {
  it('acts at once, then once per interval with the number of calls', () => {
    const clock = { now: 0 };
    const acted: [string, number][] = [];
    const call = throttle(
      1000,
      (count, what: string) => acted.push([what, count]),
      () => clock.now,
    );
    for (const what of ['a', 'b', 'c']) call(what);
    clock.now = 999;
    call('d');
    expect(acted).toEqual([['a', 1]]);
    clock.now = 1000;
    call('e');
    call('f');
    expect(acted).toEqual([
      ['a', 1],
      ['e', 4],
    ]);
  });
});
