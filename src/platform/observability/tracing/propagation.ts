import {
  type Context,
  context,
  propagation,
  ROOT_CONTEXT,
  type TextMapGetter,
  type TextMapPropagator,
  type TextMapSetter,
} from '@opentelemetry/api';
import {
  CompositePropagator,
  W3CBaggagePropagator,
  W3CTraceContextPropagator,
} from '@opentelemetry/core';
import { B3InjectEncoding, B3Propagator } from '@opentelemetry/propagator-b3';

/** The baggage entry that this service sets itself. */
export const SIGNUP_SOURCE = 'user.signup_source';

/** A source as one of the known ones, or `other`: clients choose it, and logs and labels hold it. */
export function knownSource(source: string, known: readonly string[]): string {
  return known.includes(source) ? source : 'other';
}

/** Runs work whose source travels on as baggage, to jobs as well. */
export function withSignupSource<Result>(
  source: string,
  work: () => Promise<Result>,
): Promise<Result> {
  const baggage = propagation.getActiveBaggage() ?? propagation.createBaggage();
  const entries = baggage.setEntry(SIGNUP_SOURCE, { value: source });
  return context.with(propagation.setBaggage(context.active(), entries), work);
}

/**
 * W3C baggage, but known keys only, in and out, and known sources: baggage is client input that
 * ends up in logs and at the services we call.
 */
class KnownBaggagePropagator implements TextMapPropagator {
  private readonly inner = new W3CBaggagePropagator();

  constructor(
    private readonly keys: ReadonlySet<string>,
    private readonly sources: readonly string[],
  ) {}

  inject(within: Context, carrier: unknown, setter: TextMapSetter): void {
    this.inner.inject(this.known(within), carrier, setter);
  }

  extract(within: Context, carrier: unknown, getter: TextMapGetter): Context {
    return this.known(this.inner.extract(within, carrier, getter));
  }

  fields(): string[] {
    return this.inner.fields();
  }

  private known(within: Context): Context {
    const baggage = propagation.getBaggage(within);
    if (baggage === undefined) return within;
    const foreign = baggage.getAllEntries().flatMap(([key]) => (this.keys.has(key) ? [] : [key]));
    const kept = baggage.removeEntries(...foreign);
    const source = kept.getEntry(SIGNUP_SOURCE)?.value;
    return propagation.setBaggage(
      within,
      source === undefined
        ? kept
        : kept.setEntry(SIGNUP_SOURCE, { value: knownSource(source, this.sources) }),
    );
  }
}

/** Headers that need the propagators. */
const INCOMING = ['traceparent', 'b3', 'x-b3-traceid', 'baggage'] as const;

/** W3C trace context, known baggage and B3; with both kinds of trace headers, W3C wins. */
export function createPropagator(
  baggageKeys: readonly string[],
  sources: readonly string[],
): TextMapPropagator {
  return new CompositePropagator({
    propagators: [
      new B3Propagator({ injectEncoding: B3InjectEncoding.MULTI_HEADER }),
      new W3CTraceContextPropagator(),
      new KnownBaggagePropagator(new Set(baggageKeys), sources),
    ],
  });
}

/** The incoming context of a request. Most requests have none, and cost four look-ups. */
export function incomingContext(headers: Readonly<Record<string, unknown>>): Context {
  return INCOMING.some((name) => headers[name] !== undefined)
    ? propagation.extract(ROOT_CONTEXT, headers)
    : ROOT_CONTEXT;
}
