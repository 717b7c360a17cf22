import { Inject, Injectable } from '@nestjs/common';
import type { ConfigType } from '@nestjs/config';
import { InjectPinoLogger, PinoLogger } from 'nestjs-pino';
import type { EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';

import { AuditLog } from '../../platform/audit/audit-log.js';
import type { AuditAction } from '../../platform/declarations/audit-actions.js';
import { Database } from '../../platform/database/database.js';
import { writeBy } from '../../platform/database/transactions/write.js';
import { JobQueue } from '../../platform/jobs/queue/job-queue.js';
import type { Charge, ChargeOutcome } from '../../platform/payments/payment-service.js';
import { paymentConfig } from '../../platform/payments/payment.config.js';
import type { Tier } from '../users/fields/user-fields.js';
import type { User } from '../users/user.entity.js';
import { changed, UsersRepository } from '../users/users.repository.js';
import { TierChange } from './tier-change.entity.js';
import { chargeRetries, tierChangeJob } from './tier-change.job.js';
import type { TierChangeStatus } from './tier.schemas.js';

const INSERT =
  'INSERT INTO public.tier_changes (id, user_id, from_tier, to_tier) VALUES ($1, $2, $3, $4)';
const END = 'UPDATE public.tier_changes SET status = $2, ended_at = now() WHERE id = $1';

/** The status of a change, and its user. */
export interface TierChangeState {
  readonly status: TierChangeStatus;
  readonly user: User;
}

/** What is recorded for each outcome. */
const endings: Record<Exclude<TierChangeStatus, 'pending'>, AuditAction> = {
  applied: 'user.tier-changed',
  declined: 'payment.declined',
  not_charged: 'payment.not-charged',
  orphaned: 'payment.orphaned',
};

/** Changes to paid tiers, each recorded before its charge is requested. See docs/adr/0031. */
@Injectable()
export class TierChangeLedger {
  constructor(
    private readonly database: Database,
    private readonly users: UsersRepository,
    private readonly audit: AuditLog,
    private readonly jobs: JobQueue,
    @Inject(paymentConfig.KEY) private readonly config: ConfigType<typeof paymentConfig>,
    @InjectPinoLogger('payments') private readonly logger: PinoLogger,
  ) {}

  /** The tier that a locked user is changing to, if any. */
  async pendingTier(userId: string): Promise<Tier | undefined> {
    const change = await this.database.current.findOneBy(TierChange, {
      user_id: userId,
      status: 'pending',
    });
    return change?.to_tier;
  }

  /** Records a change of a locked user, with the job that completes it. */
  async begin(user: User, tier: Tier): Promise<Charge> {
    const id = uuidv7();
    await this.database.commit(
      writeBy({ text: INSERT, values: [id, user.id, user.tier, tier] }),
      this.audit.insertion({
        action: 'payment.requested',
        targetId: user.id,
        details: { charge: id, from: user.tier, to: tier },
      }),
      this.jobs.insertion(tierChangeJob, { change_id: id }, chargeRetries(this.config.timeoutMs)),
    );
    return { id, userId: user.id, tier };
  }

  /**
   * The charge to request again; undefined if it is settled. The request is counted before it is
   * sent.
   */
  async askAgain(id: string): Promise<Charge | undefined> {
    return this.database.transaction(async (manager) => {
      const change = await lockChange(manager, id);
      if (change?.status !== 'pending') return undefined;
      await manager.increment(TierChange, { id }, 'asks', 1);
      return { id, userId: change.user_id, tier: change.to_tier };
    });
  }

  /** Settles a change by the outcome, unless it is settled. */
  async settle({ id, userId }: Charge, outcome: ChargeOutcome): Promise<TierChangeState> {
    return this.database.transaction(async (manager) => {
      // Charges of deleted users are settled, too.
      const user = await this.users.lockDeletedToo(userId);
      const change = await lockChange(manager, id);
      if (change === null) throw new Error(`tier change ${id} is gone`);
      const status =
        change.status === 'pending' ? statusAfter(outcome, change, user) : change.status;
      const settled = status === change.status ? user : await this.end(change, status, user);
      return { status, user: settled };
    });
  }

  private async end(
    { id, from_tier: from, to_tier: to }: TierChange,
    status: TierChangeStatus,
    user: User,
  ): Promise<User> {
    const settled = status === 'applied' ? changed(user, { tier: to }) : user;
    await this.database.commit(
      writeBy({ text: END, values: [id, status] }),
      ...(settled === user ? [] : this.users.update(user, settled)),
      this.audit.insertion({
        action: endings[status as keyof typeof endings],
        targetId: user.id,
        details: { charge: id, from, to },
      }),
    );
    // A charge without a user: it must be refunded.
    const level = status === 'orphaned' ? 'warn' : 'info';
    const fields = { user_id: user.id, charge_id: id, state: status };
    const logEnd = () => this.logger[level](fields, 'tier change ended');
    this.database.afterCommit(logEnd);
    return settled;
  }
}

/** `not-charged` ends a change only if it was the only request: an earlier one may have arrived. */
function statusAfter(outcome: ChargeOutcome, { asks }: TierChange, user: User): TierChangeStatus {
  const after: Record<ChargeOutcome, TierChangeStatus> = {
    applied: user.deleted_at === null ? 'applied' : 'orphaned',
    declined: 'declined',
    'not-charged': asks === 1 ? 'not_charged' : 'pending',
    unknown: 'pending',
  };
  return after[outcome];
}

async function lockChange(manager: EntityManager, id: string): Promise<TierChange | null> {
  return manager.findOne(TierChange, { where: { id }, lock: { mode: 'pessimistic_write' } });
}
