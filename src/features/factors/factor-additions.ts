import { Injectable } from '@nestjs/common';
import { InjectPinoLogger, PinoLogger } from 'nestjs-pino';

import { AuditLog } from '../../platform/audit/audit-log.js';
import { Database } from '../../platform/database/database.js';
import { MailQueue } from '../../platform/mail/mail-queue.js';
import { RequestInvalid } from '../../platform/problems/problem.js';
import { UserEvents } from '../users/events/user-events.js';
import type { User } from '../users/user.entity.js';
import { FactorNotFound } from './factor.errors.js';
import { toFactorResponse } from './factor.mapper.js';
import type { ConfirmedFactor } from './factor.schemas.js';
import { FactorsRepository, isReal, type ListedFactor } from './factors.repository.js';
import { requireVerified } from './owner-confirmation.js';
import { hashOfCode, newRecoveryCodes } from './recovery-codes/recovery-codes.js';

/** Confirmed factors of a user: each sign-in with a code tries all. */
const MOST_FACTORS = 10;

/** Whether a user with these factors may have another. */
export function hasRoom(factors: readonly Pick<ListedFactor, 'type'>[]): boolean {
  return factors.filter(isReal).length < MOST_FACTORS;
}

/** Adds factors, whatever their type. */
@Injectable()
export class FactorAdditions {
  constructor(
    private readonly database: Database,
    private readonly factors: FactorsRepository,
    private readonly events: UserEvents,
    private readonly audit: AuditLog,
    private readonly mails: MailQueue,
    @InjectPinoLogger('factors') private readonly logger: PinoLogger,
  ) {}

  /** Within a transaction that has locked the user. @throws RequestInvalid if there are too many factors */
  async requireRoom(userId: string): Promise<void> {
    if (!hasRoom(await this.factors.listLocked(userId)))
      throw new RequestInvalid([
        { pointer: '', detail: `must not add more than ${MOST_FACTORS} factors` },
      ]);
  }

  /**
   * Within a transaction that has locked the user: adds a factor. The first one comes with recovery codes.
   * @param store makes it count. @throws FactorNotFound if it does not; EmailUnverified for an address that changed
   * since the start
   */
  async add(
    user: User,
    { id, type }: Pick<ListedFactor, 'id' | 'type'>,
    store: () => Promise<void>,
  ): Promise<ConfirmedFactor> {
    requireVerified(user);
    const { id: userId } = user;
    const first = !(await this.factors.listLocked(userId)).some(isReal);
    await store();
    const codes = first ? newRecoveryCodes() : [];
    const hashes = codes.map((code) => hashOfCode(userId, code));
    await this.database.commit(
      this.events.of('factor.added', user, { factor_id: id, factor_type: type }),
      this.audit.insertion({
        action: 'auth.factor-added',
        targetId: userId,
        details: { factor: id, type },
      }),
      this.mails.insertion({ template: 'factor_added', user_id: userId }),
      ...(first ? this.factors.codes(userId, hashes) : []),
    );
    const factor = (await this.factors.listLocked(userId)).find((each) => each.id === id);
    if (factor === undefined) throw new FactorNotFound();
    this.database.afterCommit(() => this.logAdded(userId));
    return { factor: toFactorResponse(factor), ...(first && { recovery_codes: codes }) };
  }

  private logAdded(userId: string): void {
    this.logger.info({ user_id: userId }, 'factor added');
  }
}
