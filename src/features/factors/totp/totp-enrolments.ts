import { Inject, Injectable } from '@nestjs/common';
import type { ConfigType } from '@nestjs/config';
import { InjectPinoLogger, PinoLogger } from 'nestjs-pino';
import { v7 as uuidv7 } from 'uuid';

import { appConfig } from '../../../platform/app/app.config.js';
import { AuditLog } from '../../../platform/audit/audit-log.js';
import { typedEmail } from '../../../platform/common/email-address.js';
import type { SignedInUser } from '../../../platform/common/request/principal.js';
import { DataCipher } from '../../../platform/data-key/data-cipher.js';
import { Database } from '../../../platform/database/database.js';
import { MailQueue } from '../../../platform/mail/mail-queue.js';
import { RequestInvalid } from '../../../platform/problems/problem.js';
import { InvalidCredentials } from '../../credentials/credential.errors.js';
import { UserEvents } from '../../users/events/user-events.js';
import { UsersRepository } from '../../users/users.repository.js';
import { FactorNotFound } from '../factor.errors.js';
import { FactorChecks } from '../factor-checks.js';
import { toFactorResponse } from '../factor.mapper.js';
import type { ConfirmedFactor, StartTotpRequest, TotpEnrolment } from '../factor.schemas.js';
import { factorSecret, FactorsRepository, isReal } from '../factors.repository.js';
import { OwnerConfirmation } from '../owner-confirmation.js';
import { hashOfCode, newRecoveryCodes } from '../recovery-codes/recovery-codes.js';
import { enrolmentOf, newSecret } from './totp.js';

/** Confirmed factors of a user: each sign-in with a code tries all. */
const MOST_FACTORS = 10;

/** Adds authenticator apps. */
@Injectable()
export class TotpEnrolments {
  constructor(
    private readonly database: Database,
    private readonly users: UsersRepository,
    private readonly events: UserEvents,
    private readonly factors: FactorsRepository,
    private readonly checks: FactorChecks,
    private readonly owner: OwnerConfirmation,
    private readonly cipher: DataCipher,
    private readonly audit: AuditLog,
    private readonly mails: MailQueue,
    @Inject(appConfig.KEY) private readonly app: ConfigType<typeof appConfig>,
    @InjectPinoLogger('factors') private readonly logger: PinoLogger,
  ) {}

  /**
   * Makes the secret of a new app. It counts only once a code confirms it, and replaces an earlier one that was not
   * confirmed.
   * @param ip of the caller. @throws EmailUnverified, RequestInvalid, InvalidCredentials, StepUpRequired
   */
  async start(
    caller: SignedInUser,
    { name, current_password: password }: StartTotpRequest,
    ip: string,
  ): Promise<TotpEnrolment> {
    const { user, credentialsVersion } = await this.owner.confirm(caller, password, ip);
    const id = uuidv7();
    const secret = newSecret();
    await this.database.transaction(async () => {
      const locked = await this.users.lock(user.id);
      if (locked.credentials_version !== credentialsVersion) throw new InvalidCredentials();
      if ((await this.factors.listLocked(user.id)).filter(isReal).length >= MOST_FACTORS)
        throw new RequestInvalid([
          { pointer: '', detail: `must not add more than ${MOST_FACTORS} factors` },
        ]);
      const encrypted = this.cipher.encrypt(factorSecret, id, secret);
      await this.database.commit(
        this.factors.endOfPending(user.id),
        this.factors.insertion({ id, userId: user.id, secret: encrypted, name }),
      );
    });
    const issuer = this.app.serviceName;
    return { id, ...(await enrolmentOf(secret, { label: typedEmail(user), issuer })) };
  }

  /**
   * Confirms an app by its first code. The first factor of a user comes with recovery codes.
   * @throws FactorNotFound, RequestInvalid for a wrong code, SecretUnreadable
   */
  async confirm(userId: string, id: string, code: string): Promise<ConfirmedFactor> {
    const pending = await this.factors.pending(userId, id);
    if (pending === undefined) throw new FactorNotFound();
    const step = await this.checks.firstStep(id, pending.secret, code);
    if (step === undefined)
      throw new RequestInvalid([{ pointer: '/code', detail: 'is not the current code' }]);
    const confirmed = await this.database.transaction(async () => {
      const user = await this.users.lock(userId);
      const first = !(await this.factors.listLocked(user.id)).some(isReal);
      if (!(await this.factors.confirm(id, step))) throw new FactorNotFound();
      const codes = first ? newRecoveryCodes() : [];
      await this.database.commit(
        this.events.of('factor.added', user, { factor_id: id, factor_type: 'totp' }),
        this.audit.insertion({
          action: 'auth.factor-added',
          targetId: user.id,
          details: { factor: id, type: 'totp' },
        }),
        this.mails.insertion({ template: 'factor_added', user_id: user.id }),
        ...(first
          ? this.factors.codes(
              user.id,
              codes.map((each) => hashOfCode(user.id, each)),
            )
          : []),
      );
      const factor = (await this.factors.listLocked(user.id)).find((each) => each.id === id);
      if (factor === undefined) throw new FactorNotFound();
      return { factor: toFactorResponse(factor), ...(first && { recovery_codes: codes }) };
    });
    this.logger.info({ user_id: userId }, 'factor added');
    return confirmed;
  }
}
