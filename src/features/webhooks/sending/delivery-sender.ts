import type { KeyObject } from 'node:crypto';

import { context, propagation, ROOT_CONTEXT, SpanKind } from '@opentelemetry/api';

import { evictOldest } from '../../../platform/common/evict-oldest.js';
import type { DataCipher } from '../../../platform/data-key/data-cipher.js';
import { inSpan } from '../../../platform/observability/tracing/spans.js';
import type { GuardedHttp } from '../../../platform/outbound/guarded-http.js';
import { webhookSecretColumn } from '../management/webhooks.repository.js';
import { signedHeaders, signingKey } from '../signatures.js';
import { failed, type Outcome, outcomeOf } from './delivery-outcome.js';
import type { ClaimedDelivery, SigningSecret } from './delivery-claims.js';

/** Milliseconds for all of an attempt: name, connection, request and answer. */
const LIMIT_MS = 10_000;
/** Secrets that are kept decrypted. */
const MOST_KEYS = 1000;

export interface SenderOptions {
  readonly http: GuardedHttp;
  readonly cipher: DataCipher;
  /** How long a delivery is retried, in milliseconds. */
  readonly retryMs: number;
  /** Name and version of the service, for the receiver's logs. */
  readonly userAgent: string;
  readonly onFailure: (error: unknown, delivery: ClaimedDelivery) => void;
}

/** Sends events to webhooks, signed as Standard Webhooks says. */
export class DeliverySender {
  /** By id of the secret. */
  private readonly keys = new Map<string, KeyObject>();

  constructor(private readonly options: SenderOptions) {}

  /** One attempt, in the trace of the event; never throws. */
  async send(delivery: ClaimedDelivery, body: string): Promise<Outcome> {
    const { retryMs, onFailure } = this.options;
    const trace = propagation.extract(ROOT_CONTEXT, { traceparent: delivery.traceparent });
    try {
      return await context.with(trace, () => this.attempt(delivery, body));
    } catch (error) {
      onFailure(error, delivery);
      return failed(delivery, retryMs);
    }
  }

  private async attempt(delivery: ClaimedDelivery, body: string): Promise<Outcome> {
    const url = new URL(delivery.url);
    const attributes = {
      'http.request.method': 'POST',
      'server.address': url.hostname,
      'webhook.id': delivery.webhookId,
    };
    return inSpan(
      'webhook deliver',
      async (span) => {
        const answer = await this.post(url, delivery, body);
        span.setAttribute('http.response.status_code', answer.status);
        return outcomeOf(answer, delivery, this.options.retryMs);
      },
      { kind: SpanKind.CLIENT, attributes },
    );
  }

  private async post(url: URL, { eventId, secrets }: ClaimedDelivery, body: string) {
    const limit = new AbortController();
    const timer = setTimeout(() => limit.abort(), LIMIT_MS);
    const keys = secrets.map((secret) => this.keyOf(secret));
    const headers: Record<string, string> = {
      'content-type': 'application/cloudevents+json; charset=utf-8',
      'user-agent': this.options.userAgent,
      ...signedHeaders(eventId, Math.floor(Date.now() / 1000), body, keys),
    };
    propagation.inject(context.active(), headers);
    try {
      return await this.options.http.post(url, { headers, body, signal: limit.signal });
    } finally {
      clearTimeout(timer);
    }
  }

  private keyOf({ id, secret }: SigningSecret): KeyObject {
    let key = this.keys.get(id);
    if (key === undefined) {
      const stored = Buffer.from(secret, 'base64');
      key = signingKey(this.options.cipher.decrypt(webhookSecretColumn, id, stored));
      this.keys.set(id, key);
      evictOldest(this.keys, MOST_KEYS, () => false);
    }
    return key;
  }
}
