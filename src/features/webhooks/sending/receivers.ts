import { metrics } from '@opentelemetry/api';

import { Receiver } from './receiver.js';

/** Longer than the longest wait between two attempts, in milliseconds. */
const FORGET_MS = 7_200_000;

/** The receivers that this process delivers to, by webhook. */
export class Receivers {
  private readonly known = new Map<string, Receiver>();

  constructor() {
    metrics
      .getMeter('resilience')
      .createObservableGauge('circuit_breaker_state', {
        unit: '{state}',
        description: 'State of the circuit breaker: 0 closed, 1 half-open, 2 open.',
      })
      .addCallback((result) => {
        for (const [id, { state }] of this.known) result.observe(state, { name: `webhook_${id}` });
      });
  }

  of(webhookId: string): Receiver {
    const found = this.known.get(webhookId) ?? new Receiver();
    this.known.set(webhookId, found);
    return found;
  }

  /** How many deliveries may begin, of the webhooks that have been delivered to. */
  rooms(): Map<string, number> {
    const forgotten = performance.now() - FORGET_MS;
    for (const [id, receiver] of this.known)
      if (receiver.isIdle && receiver.usedAt < forgotten) this.known.delete(id);
    return new Map([...this.known].map(([id, { room }]) => [id, room]));
  }
}
