import { Injectable } from '@nestjs/common';
import { InjectPinoLogger, PinoLogger } from 'nestjs-pino';

import { AuditLog } from '../../platform/audit/audit-log.js';
import { Database } from '../../platform/database/database.js';
import { MailQueue } from '../../platform/mail/mail-queue.js';
import { UsersRepository } from '../users/users.repository.js';
import { FactorNotFound } from './factor.errors.js';
import { toFactorResponse } from './factor.mapper.js';
import type { FactorList, FactorResponse } from './factor.schemas.js';
import { FactorsRepository, type ListedFactor } from './factors.repository.js';
import { hashOfCode, newRecoveryCodes } from './recovery-codes/recovery-codes.js';

/** The factors of a user. The access guard has checked the caller before. */
@Injectable()
export class FactorsService {
  constructor(
    private readonly database: Database,
    private readonly users: UsersRepository,
    private readonly factors: FactorsRepository,
    private readonly audit: AuditLog,
    private readonly mails: MailQueue,
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
      const factor = await this.locked(userId, id);
      await this.factors.rename(userId, id, name);
      return toFactorResponse({ ...factor, name });
    });
  }

  /** Removes a factor; the recovery codes go with the last one. @throws UserNotFound, FactorNotFound */
  async remove(userId: string, id: string): Promise<void> {
    await this.database.transaction(async () => {
      const { type } = await this.locked(userId, id);
      await this.factors.delete(userId, id);
      const none = (await this.factors.count(userId)) === 0;
      await this.database.commit(
        ...(none ? [this.factors.endOfCodes(userId)] : []),
        this.audit.insertion({
          action: 'auth.factor-removed',
          targetId: userId,
          details: { factor: id, type },
        }),
        this.mails.insertion({ template: 'factor_removed', user_id: userId }),
      );
    });
    this.logger.info({ user_id: userId }, 'factor removed');
  }

  /** Replaces the recovery codes. @throws UserNotFound; FactorNotFound for a user without a factor */
  async renewRecoveryCodes(userId: string): Promise<string[]> {
    return this.database.transaction(async () => {
      await this.users.lock(userId);
      if ((await this.factors.count(userId)) === 0) throw new FactorNotFound();
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

  private async locked(userId: string, id: string): Promise<ListedFactor> {
    await this.users.lock(userId);
    const factor = await this.factors.find(userId, id);
    if (factor === undefined) throw new FactorNotFound();
    return factor;
  }
}
