import { Inject, Injectable } from '@nestjs/common';
import type { ConfigType } from '@nestjs/config';
import type { Counter } from '@opentelemetry/api';
import { MetricService } from 'nestjs-otel';
import { InjectPinoLogger, PinoLogger } from 'nestjs-pino';

import { fromZero } from '../common/from-zero.js';
import { Outages } from '../observability/logging/outages.js';
import { postJson } from '../observability/tracing/outbound-http.js';
import { paymentPolicy } from '../resilience/dependency-policies.js';
import type { DependencyPolicy } from '../resilience/dependency-policy.js';
import { answersHttp } from '../resilience/http-probe.js';
import { neverConnected, wasRefusedByPolicy } from '../resilience/never-sent.js';
import { CREDENTIALS_REFUSED } from '../resilience/refused-credentials.js';
import { retryAfterMs } from '../resilience/retry-after.js';
import { Workers } from '../workers/workers.service.js';
import { paymentConfig } from './payment.config.js';

/** A charge: tier and user. */
export interface Charge {
  /** `Idempotency-Key`: repeated requests charge once. */
  readonly id: string;
  readonly userId: string;
  readonly tier: string;
}

/**
 * Outcome of a charge request. `not-charged`: certainly no charge by this request, because it was
 * not sent or was refused. `unknown`: ask again with the same key.
 */
export type ChargeOutcome = (typeof OUTCOMES)[number];
const OUTCOMES = ['applied', 'declined', 'not-charged', 'unknown'] as const;

class PaymentServiceFailed extends Error {
  override readonly name = 'PaymentServiceFailed';

  constructor(readonly status: number) {
    super(`the payment service answered ${status}`);
  }
}

/** 4xx with an unknown outcome: a time-out, or a concurrent request. */
const UNDECIDED = new Set([408, 409]);
/** Maximum of `Retry-After`, since clients wait for charges. */
const LONGEST_PAUSE_MS = 60_000;

/** The port to the payment service. */
@Injectable()
export class PaymentService {
  private readonly policy: DependencyPolicy;
  private readonly charges: Counter;
  /** Makes the counters of charges begin at zero. @param paid names of paid tiers. */
  countFromZero(paid: readonly string[]): void {
    fromZero(this.charges, { tier: paid, result: OUTCOMES });
  }

  /** End of the pause that a 429 asked for, on the clock of `performance.now()`. */
  private pausedUntil = 0;

  constructor(
    @Inject(paymentConfig.KEY) private readonly config: ConfigType<typeof paymentConfig>,
    workers: Workers,
    @InjectPinoLogger('payments') private readonly logger: PinoLogger,
    metrics: MetricService,
    outages: Outages,
  ) {
    this.policy = paymentPolicy({
      timeoutMs: config.timeoutMs,
      inSlot: (call) => workers.submitIoTask('payment', call),
      logger,
      outage: outages.of('payment'),
    });
    this.charges = metrics.getCounter('payment_charges_total', {
      unit: '{charge}',
      description: 'Charge requests to the payment service, by outcome.',
    });
  }

  /** Requests a charge, or repeats the same request. Never throws. */
  async charge(charge: Charge): Promise<ChargeOutcome> {
    const outcome = await this.ask(charge);
    this.charges.add(1, { tier: charge.tier, result: outcome });
    return outcome;
  }

  /** True when the service answers, or is not configured. */
  async isUp(signal: AbortSignal): Promise<boolean> {
    const { serviceUrl } = this.config;
    return serviceUrl === undefined || answersHttp(serviceUrl, signal);
  }

  private async ask(charge: Charge): Promise<ChargeOutcome> {
    const { serviceUrl } = this.config;
    if (serviceUrl === undefined || performance.now() < this.pausedUntil) return 'not-charged';
    const fields = { charge_id: charge.id, user_id: charge.userId, dependency: 'payment' };
    try {
      const status = await this.policy((signal) => this.post(serviceUrl, charge, signal)).catch(
        statusIfCredentialsRefused,
      );
      const outcome = outcomeOf(status);
      if (outcome === 'not-charged')
        this.logger.warn({ ...fields, status_code: status }, 'payment service refused to charge');
      return outcome;
    } catch (error) {
      if (wasRefusedByPolicy(error) || neverConnected(error)) return 'not-charged';
      this.logger.warn({ ...fields, err: error }, 'outcome of a charge unknown');
      return 'unknown';
    }
  }

  /** @returns the status. @throws if the service fails. */
  private async post(
    base: string,
    { id, userId, tier }: Charge,
    signal: AbortSignal,
  ): Promise<number> {
    const call = { token: this.config.token, idempotencyKey: id, signal };
    const body = { user_id: userId, tier };
    const { status, headers } = await postJson(`${base}/charges`, body, call);
    if (status >= 500 || CREDENTIALS_REFUSED.has(status)) throw new PaymentServiceFailed(status);
    if (status === 429) {
      const pauseMs = retryAfterMs(headers.get('retry-after')) ?? 0;
      this.pausedUntil = performance.now() + Math.min(pauseMs, LONGEST_PAUSE_MS);
    }
    return status;
  }
}

/**
 * For the circuit breaker refused credentials are a failure. For the charge they mean that nothing
 * was charged.
 */
function statusIfCredentialsRefused(error: unknown): number {
  if (error instanceof PaymentServiceFailed && CREDENTIALS_REFUSED.has(error.status))
    return error.status;
  throw error;
}

function outcomeOf(status: number): ChargeOutcome {
  if (status < 300) return 'applied';
  if (status === 402) return 'declined';
  return status < 400 || UNDECIDED.has(status) ? 'unknown' : 'not-charged';
}
