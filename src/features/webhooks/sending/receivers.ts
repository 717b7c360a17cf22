import { metrics } from '@opentelemetry/api';

import type { Room } from './delivery-claims.js';
import { Receiver, type ReceiverStart } from './receiver.js';

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

  /** Nothing is known of the receiver after a new start. */
  of({ webhookId, triedSince }: ReceiverStart): Receiver {
    const found = this.known.get(webhookId);
    if (found?.triedSince === triedSince) return found;
    const receiver = new Receiver(triedSince);
    this.known.set(webhookId, receiver);
    return receiver;
  }

  /** How many deliveries may begin, of the webhooks that have been delivered to. */
  rooms(): Room[] {
    const forgotten = performance.now() - FORGET_MS;
    for (const [id, receiver] of this.known)
      if (receiver.isIdle && receiver.usedAt < forgotten) this.known.delete(id);
    return [...this.known].map(([webhookId, { triedSince, room }]) => ({
      webhookId,
      triedSince,
      slots: room,
    }));
  }
}
