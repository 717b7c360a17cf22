import { SpanStatusCode, trace } from '@opentelemetry/api';
import {
  InMemorySpanExporter,
  SimpleSpanProcessor,
  TracerProvider,
} from '@opentelemetry/sdk-trace';

import { startContext } from '../../common/request/start-context.js';
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
  const exporter = new InMemorySpanExporter();
  const provider = new TracerProvider({
    spanProcessors: [new SimpleSpanProcessor({ exporter })],
  });

  beforeAll(() => {
    startContext();
    trace.setGlobalTracerProvider(provider);
  });

  beforeEach(() => exporter.reset());

  afterAll(async () => {
    trace.disable();
    await provider.shutdown();
  });

  it('records function, class and result', async () => {
    await expect(new Shop().buy(2)).resolves.toBe('2 bought');
    await provider.forceFlush();
    const [span] = exporter.getFinishedSpans();
    expect(span?.name).toBe('Shop.buy');
    expect(span?.attributes).toEqual({
      'function.name': 'buy',
      'function.module': 'Shop',
      'function.result': 'success',
    });
  });

  it('fails each span above an error, and records the error once, at its origin', async () => {
    await expect(new Shop().sell()).rejects.toThrow(RangeError);
    await provider.forceFlush();
    const spans = exporter.getFinishedSpans();
    expect(spans.map(({ name }) => name)).toEqual(['Shop.buy', 'shop.sell']);
    for (const { attributes, status } of spans) {
      expect(status.code).toBe(SpanStatusCode.ERROR);
      expect(attributes).toMatchObject({
        'function.result': 'error',
        'error.type': 'RangeError',
        'error.message': 'RangeError: nothing to buy',
      });
    }
    expect(spans.map(({ events }) => events.length)).toEqual([1, 0]);
  });
});
