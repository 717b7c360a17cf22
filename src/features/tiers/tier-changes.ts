import { Injectable } from '@nestjs/common';
import { InjectPinoLogger, PinoLogger } from 'nestjs-pino';

import { DependencyUnavailable } from '../../platform/problems/problem.js';
import type { Tier } from '../users/fields/user-fields.js';
import { Database } from '../../platform/database/database.js';
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
import { changed, UsersRepository } from '../users/users.repository.js';
import { type TierChangeState, TierChangeLedger } from './tier-change-ledger.js';
import { TierChangeInFlight } from './tier.errors.js';
import type { TierChangeStatus } from './tier.schemas.js';

/** The result for the client by status of a change: a user in the tier, or nothing yet. */
const results: Record<TierChangeStatus, (user: User) => User | undefined> = {
  pending: () => undefined,
  applied: (user) => user,
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

/** Changes of tiers: a paid tier is charged once before it is set. */
@Injectable()
export class TierChanges {
  constructor(
    private readonly database: Database,
    private readonly users: UsersRepository,
    private readonly ledger: TierChangeLedger,
    private readonly payments: PaymentService,
    private readonly audit: AuditLog,
    @InjectPinoLogger('payments') private readonly logger: PinoLogger,
  ) {}

  /**
   * Changes the tier of a user.
   * @returns the updated user; undefined while the outcome of the charge is unknown.
   * @throws UserNotFound, PaymentDeclined, TierChangeInFlight, DependencyUnavailable
   */
  @Traced('user_service.change_tier')
  async request(userId: string, tier: Tier): Promise<User | undefined> {
    const begun = await this.database.transaction(() => this.begin(userId, tier), {
      // A charge is requested only after its change is committed.
      withAnswer: tier === 'free',
    });
    if (begun === undefined || 'email' in begun) return begun;
    const standing = await this.settle(begun, await this.payments.charge(begun));
    return standing && results[standing.status](standing.user);
  }

  /** The user if no charge is due; undefined if the charge is in progress; otherwise the charge. */
  private async begin(userId: string, tier: Tier): Promise<User | Charge | undefined> {
    const user = await this.users.lock(userId);
    const underWay = await this.ledger.pendingTier(userId);
    if (underWay === tier) return undefined;
    if (underWay !== undefined) throw new TierChangeInFlight();
    if (tier !== user.tier && tier !== 'free') return this.ledger.begin(user, tier);
    return this.setFree(user, tier);
  }

  private async setFree(user: User, tier: Tier): Promise<User> {
    if (tier === user.tier) return user;
    const updated = changed(user, { tier });
    await this.database.commit(
      this.users.update(user, updated),
      this.audit.insertion({
        action: 'user.tier-changed',
        targetId: user.id,
        details: { from: user.tier, to: tier },
      }),
    );
    return updated;
  }

  /**
   * Undefined if the database is down: the change is recorded, and its job resolves the outcome.
   */
  private async settle(
    charge: Charge,
    outcome: ChargeOutcome,
  ): Promise<TierChangeState | undefined> {
    try {
      return await this.ledger.settle(charge, outcome);
    } catch (error) {
      if (!(error instanceof DependencyUnavailable)) throw error;
      this.logger.warn({ err: error, charge_id: charge.id }, 'charge left to the job');
      return undefined;
    }
  }
}
