import { describeException } from './exception.js';
import { isReported, Outages, type OutageName } from './outages.js';

const NAMES: OutageName[] = ['database', 'redis', 'email', 'payment', 'breach', 'otlp'];

describe('Outages', () => {
  const lines: Record<string, unknown>[] = [];
  const write = (fields: object, message?: string) => void lines.push({ ...fields, message });
  const outages = () => new Outages({ warn: write, info: write } as never);
  const messages = () => lines.map(({ message }) => message);

  beforeEach(() => {
    lines.splice(0);
    jest.useFakeTimers();
  });
  afterEach(() => jest.useRealTimers());

  it.each(NAMES)(
    'tells of a lost %s once with its cause, once a minute, and of its return',
    (name) => {
      const outage = outages().of(name);
      const cause = new Error('connect ECONNREFUSED');
      outage.failed(cause);
      for (let count = 1; count < 300; count += 1) outage.failed(new Error('again'));
      expect(messages()).toEqual([`${name} unavailable`]);
      expect(lines[0]).toMatchObject({ dependency: name, state: 'down', err: cause });
      jest.advanceTimersByTime(120_000);
      expect(messages().slice(1)).toEqual([
        `${name} still unavailable`,
        `${name} still unavailable`,
      ]);
      expect(lines[1]).toMatchObject({ dependency: name, state: 'down', count: 300 });
      outage.succeeded();
      jest.advanceTimersByTime(2000);
      expect(messages().slice(3)).toEqual([`${name} available again`]);
      jest.advanceTimersByTime(120_000);
      expect(lines).toHaveLength(4);
    },
  );

  it('continues while some calls fail', () => {
    const outage = outages().of('database');
    for (let count = 0; count < 60; count += 1) {
      outage.failed(new Error('too many connections'));
      outage.succeeded();
      jest.advanceTimersByTime(500);
    }
    expect(messages()).toEqual(['database unavailable']);
  });

  it('begins again after its end', () => {
    const outage = outages().of('redis');
    for (const _ of [1, 2]) {
      outage.failed(new Error('away'));
      outage.succeeded();
      jest.advanceTimersByTime(2000);
    }
    expect(messages()).toEqual([
      'redis unavailable',
      'redis available again',
      'redis unavailable',
      'redis available again',
    ]);
  });

  it('logs nothing for successful calls', () => {
    outages().of('payment').succeeded();
    jest.advanceTimersByTime(120_000);
    expect(lines).toEqual([]);
  });

  it('omits the stack of errors during a logged outage', () => {
    const error = new Error('away');
    outages().of('email').failed(error);
    const above = new Error('a mail was not sent', { cause: error });
    expect(isReported(above)).toBe(true);
    expect(describeException(above)).toBe('Error: a mail was not sent\ncaused by: Error: away');
    expect(describeException(new Error('a fault of ours'))).toContain('outages.spec');
  });
});
