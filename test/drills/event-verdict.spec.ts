import { judgeEvents } from '../support/event-verdict.js';
import type { CloudEvent } from '../support/nats-server.js';

const user = 'ada';
const stored = [1, 2, 3].map((sequence) => ({
  id: `e${sequence}`,
  user_id: user,
  sequence,
  version: sequence,
}));
const delivered = stored.map(
  ({ id, sequence, version }) =>
    ({
      id,
      subject: user,
      sequence: String(sequence),
      data: { user_id: user, version },
    }) as CloudEvent,
);
const [first, second, third] = delivered as [CloudEvent, CloudEvent, CloudEvent];
const users = [{ id: user, version: 3 }];
const flawless = { lost: [], invented: [], outOfOrder: [], untold: [] };

describe('the verdict of the drill of events', () => {
  it('is flawless with events delivered in order, some again', () => {
    const again = [first, second, first, second, third, third];
    expect(judgeEvents(again, stored, users)).toEqual(flawless);
  });

  it.each([
    ['a lost event', [first, second], { lost: ['e3'] }],
    [
      'an event of a change that was rolled back',
      [first, second, third, { ...third, id: 'e4', sequence: '4' }],
      { invented: ['e4'] },
    ],
    ['events out of order', [second, first, third], { outOfOrder: ['e2', 'e1', 'e3'] }],
  ])('tells of %s', (_what, events, fault) => {
    expect(judgeEvents(events, stored, users)).toEqual({ ...flawless, ...fault });
  });

  it('tells of a version without an event', () => {
    expect(judgeEvents(delivered, stored, [{ id: user, version: 4 }])).toEqual({
      ...flawless,
      untold: ['ada 4'],
    });
  });
});
