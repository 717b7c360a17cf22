import { SpanStatusCode } from '@opentelemetry/api';

import { recordSpans, type RecordedSpans } from '../../../../test/support/recorded-spans.js';
import { Traced } from './traced.decorator.js';

class Shop {
  @Traced()
  async buy(count: number): Promise<string> {
    if (count < 1) throw new RangeError('nothing to buy');
    return Promise.resolve(`${count} bought`);
  }

  @Traced('shop.sell')
  async sell(): Promise<string> {
    return this.buy(0);
  }
}

describe('@Traced', () => {
  let spans: RecordedSpans;

  beforeAll(() => {
    spans = recordSpans();
  });

  beforeEach(() => spans.reset());

  afterAll(() => spans?.stop());

  it('records function, class and result', async () => {
    await expect(new Shop().buy(2)).resolves.toBe('2 bought');
    const [span] = await spans.finished();
    expect(span?.name).toBe('Shop.buy');
    expect(span?.attributes).toEqual({
      'function.name': 'buy',
      'function.module': 'Shop',
      'function.result': 'success',
    });
  });

  it('fails each span above an error, and records the error once, at its origin', async () => {
    await expect(new Shop().sell()).rejects.toThrow(RangeError);
    const finished = await spans.finished();
    expect(finished.map(({ name }) => name)).toEqual(['Shop.buy', 'shop.sell']);
    for (const { attributes, status } of finished) {
      expect(status.code).toBe(SpanStatusCode.ERROR);
      expect(attributes).toMatchObject({
        'function.result': 'error',
        'error.type': 'RangeError',
        'error.message': 'RangeError: nothing to buy',
      });
    }
    expect(finished.map(({ events }) => events.length)).toEqual([1, 0]);
  });
});
