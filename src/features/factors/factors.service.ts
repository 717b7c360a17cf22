import { Injectable } from '@nestjs/common';
import { InjectPinoLogger, PinoLogger } from 'nestjs-pino';

import { AuditLog } from '../../platform/audit/audit-log.js';
import { Database } from '../../platform/database/database.js';
import type { Write } from '../../platform/database/transactions/write.js';
import { MailQueue } from '../../platform/mail/mail-queue.js';
import { UserEvents } from '../users/events/user-events.js';
import { isWayIn, WaysIn } from '../users/ways-in.js';
import { UserSessions } from '../users/user-sessions.js';
import type { User } from '../users/user.entity.js';
import { UsersRepository } from '../users/users.repository.js';
import { LastCredential } from '../credentials/credential.errors.js';
import { FactorNotFound } from './factor.errors.js';
import { toFactorResponse } from './factor.mapper.js';
import type { FactorList, FactorResponse } from './factor.schemas.js';
import { FactorsRepository, isReal, type ListedFactor } from './factors.repository.js';
import { hashOfCode, newRecoveryCodes } from './recovery-codes/recovery-codes.js';

/** The factors of a user. The access guard has checked the caller before. */
@Injectable()
export class FactorsService {
  constructor(
    private readonly database: Database,
    private readonly users: UsersRepository,
    private readonly events: UserEvents,
    private readonly factors: FactorsRepository,
    private readonly audit: AuditLog,
    private readonly mails: MailQueue,
    private readonly sessions: UserSessions,
    private readonly waysIn: WaysIn,
    @InjectPinoLogger('factors') private readonly logger: PinoLogger,
  ) {}

  /** Confirmed factors and the recovery codes, oldest first. @throws UserNotFound */
  async list(userId: string): Promise<FactorList> {
    const { id } = await this.users.byId(userId);
    return { items: (await this.factors.list(id)).map(toFactorResponse) };
  }

  /** @throws UserNotFound, FactorNotFound */
  async rename(userId: string, id: string, name: string): Promise<FactorResponse> {
    return this.database.transaction(async () => {
      await this.users.lock(userId);
      const factor = (await this.factors.listLocked(userId)).find((each) => each.id === id);
      if (factor === undefined) throw new FactorNotFound();
      await this.factors.rename(userId, id, name);
      return toFactorResponse({ ...factor, name });
    });
  }

  /** Removes a factor; the recovery codes go with the last one. @throws UserNotFound, FactorNotFound, LastCredential */
  async remove(userId: string, id: string): Promise<void> {
    await this.database.transaction(async () => {
      const user = await this.users.lock(userId);
      const all = await this.factors.listLocked(userId);
      const factor = all.find((each) => each.id === id);
      if (factor === undefined) throw new FactorNotFound();
      if (isWayIn(factor.type) && (await this.waysIn.count(userId)) <= 1)
        throw new LastCredential();
      const others = all.filter((each) => each !== factor);
      const last = !others.some(isReal);
      await this.database.commit(
        this.end(user, last ? all : [factor]),
        this.audit.insertion({
          action: 'auth.factor-removed',
          targetId: userId,
          details: { factor: id, type: factor.type },
        }),
      );
    });
    this.sessions.changed(userId);
    this.logger.info({ user_id: userId }, 'factor removed');
  }

  /** Removes all factors of a user who lost them. @returns how many; undefined if there is no such user. */
  async reset(email: string): Promise<number | undefined> {
    return this.database.transaction(async () => {
      const user = await this.users.lockByEmail(email);
      if (user === null) return undefined;
      const all = await this.factors.listLocked(user.id);
      if (all.length > 0)
        await this.database.commit(
          this.end(user, all),
          this.audit.insertion({
            action: 'auth.factors-reset',
            targetId: user.id,
            details: { count: all.length },
          }),
        );
      return all.length;
    });
  }

  /** Factors go, what they proved goes, and their owner is told. */
  private end(user: User, factors: readonly ListedFactor[]): Write[] {
    const ids = factors.map(({ id }) => id);
    return [
      this.factors.deletion(ids),
      this.sessions.lower(ids),
      ...factors
        .filter(isReal)
        .map(({ id, type }) =>
          this.events.of('factor.removed', user, { factor_id: id, factor_type: type }),
        ),
      this.mails.insertion({ template: 'factor_removed', user_id: user.id }),
    ];
  }

  /** Replaces the recovery codes. @throws UserNotFound; FactorNotFound for a user without a factor */
  async renewRecoveryCodes(userId: string): Promise<string[]> {
    return this.database.transaction(async () => {
      await this.users.lock(userId);
      if (!(await this.factors.listLocked(userId)).some(isReal)) throw new FactorNotFound();
      const codes = newRecoveryCodes();
      const hashes = codes.map((code) => hashOfCode(userId, code));
      // By itself: statements of one commit do not see each other, and a user has one set.
      await this.database.commit(this.factors.endOfCodes(userId));
      await this.database.commit(
        this.audit.insertion({ action: 'auth.recovery-codes-renewed', targetId: userId }),
        ...this.factors.codes(userId, hashes),
      );
      return codes;
    });
  }
}
