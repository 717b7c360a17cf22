import { Injectable } from '@nestjs/common';
import { InjectPinoLogger, PinoLogger } from 'nestjs-pino';
import type { EntityManager } from 'typeorm';

import type { Answer } from '../../platform/common/answer.js';
import { DependencyUnavailable } from '../../platform/http/problems/problem.js';
import type { Tier } from '../users/user-fields.js';
import { Database } from '../../platform/database/database.js';
import { IdempotencyKeys } from '../../platform/idempotency/idempotency-keys.js';
import { Traced } from '../../platform/observability/tracing/traced.decorator.js';
import { PaymentDeclined } from '../../platform/payments/payment.errors.js';
import {
  type Charge,
  type ChargeOutcome,
  PaymentService,
} from '../../platform/payments/payment-service.js';
import { AuditLog } from '../../platform/audit/audit-log.js';
import type { User } from '../users/user.entity.js';
import { UserNotFound } from '../users/user.errors.js';
import { entityTag, toUserResponse } from '../users/user.mapper.js';
import { UsersRepository } from '../users/users.repository.js';
import { type Standing, TierChangeLedger } from './tier-change-ledger.js';
import { TierChangeInFlight } from './tier.errors.js';
import type { TierChangePending, TierChangeStatus } from './tier.schemas.js';

const pending: Answer = {
  status: 202,
  headers: {},
  body: { status: 'pending' } satisfies TierChangePending,
};

/** What each standing of a change is to the client who asked for it. */
const answers: Record<TierChangeStatus, (user: User) => Answer> = {
  pending: () => pending,
  applied: changed,
  declined: () => {
    throw new PaymentDeclined();
  },
  not_charged: () => {
    throw new DependencyUnavailable();
  },
  orphaned: () => {
    throw new UserNotFound();
  },
};

/** `POST /users/{id}/tier`: paid tiers are charged for, once, before they are given. */
@Injectable()
export class TierChanges {
  constructor(
    private readonly database: Database,
    private readonly users: UsersRepository,
    private readonly ledger: TierChangeLedger,
    private readonly payments: PaymentService,
    private readonly audit: AuditLog,
    private readonly keys: IdempotencyKeys,
    @InjectPinoLogger('payments') private readonly logger: PinoLogger,
  ) {}

  /** @throws UserNotFound, PaymentDeclined, TierChangeInFlight, DependencyUnavailable */
  @Traced('user_service.change_tier')
  async request(userId: string, tier: Tier): Promise<Answer> {
    const begun = await this.database.transaction((manager) => this.begin(manager, userId, tier));
    if ('body' in begun) return begun;
    const standing = await this.settle(begun, await this.payments.charge(begun));
    return standing ? answers[standing.status](standing.user) : pending;
  }

  /** What can be answered without a charge, or the charge to be asked for. */
  private async begin(
    manager: EntityManager,
    userId: string,
    tier: Tier,
  ): Promise<Answer | Charge> {
    const user = await this.users.lock(manager, userId);
    const underWay = await this.ledger.pendingTier(manager, userId);
    if (underWay === tier) return pending;
    if (underWay !== undefined) throw new TierChangeInFlight();
    if (tier !== user.tier && tier !== 'free') return this.ledger.begin(manager, user, tier);
    const answer = changed(await this.setFree(manager, user, tier));
    await this.keys.completeWith(manager, answer);
    return answer;
  }

  private async setFree(manager: EntityManager, user: User, tier: Tier): Promise<User> {
    if (tier === user.tier) return user;
    await this.audit.record(manager, {
      action: 'user.tier-changed',
      targetId: user.id,
      details: { from: user.tier, to: tier },
    });
    return this.users.update(manager, user, { tier });
  }

  /** Nothing when the database is away: the change is noted down, and its job will learn the outcome. */
  private async settle(charge: Charge, outcome: ChargeOutcome): Promise<Standing | undefined> {
    try {
      return await this.ledger.settle(charge, outcome, (manager, user) =>
        this.keys.completeWith(manager, changed(user)),
      );
    } catch (error) {
      if (!(error instanceof DependencyUnavailable)) throw error;
      this.logger.warn({ err: error, charge_id: charge.id }, 'charge left to the job');
      return undefined;
    }
  }
}

function changed(user: User): Answer {
  return { status: 200, headers: { etag: entityTag(user) }, body: toUserResponse(user) };
}
