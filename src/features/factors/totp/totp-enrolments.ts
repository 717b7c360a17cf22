import { Inject, Injectable } from '@nestjs/common';
import type { ConfigType } from '@nestjs/config';
import { v7 as uuidv7 } from 'uuid';

import { appConfig } from '../../../platform/app/app.config.js';
import { typedEmail } from '../../../platform/common/email-address.js';
import type { SignedInUser } from '../../../platform/common/request/principal.js';
import { DataCipher } from '../../../platform/data-key/data-cipher.js';
import { Database } from '../../../platform/database/database.js';
import { RequestInvalid } from '../../../platform/problems/problem.js';
import { UsersRepository } from '../../users/users.repository.js';
import { FactorAdditions } from '../factor-additions.js';
import { FactorNotFound } from '../factor.errors.js';
import { FactorChecks } from '../factor-checks.js';
import type { ConfirmedFactor, StartTotpRequest, TotpEnrolment } from '../factor.schemas.js';
import { factorSecret, FactorsRepository } from '../factors.repository.js';
import { OwnerConfirmation, requireCurrent } from '../owner-confirmation.js';
import { enrolmentOf, newSecret } from './totp.js';

/** Adds authenticator apps. */
@Injectable()
export class TotpEnrolments {
  constructor(
    private readonly database: Database,
    private readonly users: UsersRepository,
    private readonly factors: FactorsRepository,
    private readonly checks: FactorChecks,
    private readonly owner: OwnerConfirmation,
    private readonly additions: FactorAdditions,
    private readonly cipher: DataCipher,
    @Inject(appConfig.KEY) private readonly app: ConfigType<typeof appConfig>,
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
    const owner = await this.owner.confirm(caller, password, ip);
    const { user } = owner;
    const id = uuidv7();
    const secret = newSecret();
    await this.database.transaction(async () => {
      requireCurrent(owner, await this.users.lock(user.id));
      await this.additions.requireRoom(user.id);
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
   * @throws FactorNotFound, EmailUnverified, RequestInvalid for a wrong code, SecretUnreadable
   */
  async confirm(userId: string, id: string, code: string): Promise<ConfirmedFactor> {
    const pending = await this.factors.pending(userId, id);
    if (pending === undefined) throw new FactorNotFound();
    const step = await this.checks.firstStep(id, pending.secret, code);
    if (step === undefined)
      throw new RequestInvalid([{ pointer: '/code', detail: 'is not the current code' }]);
    return this.database.transaction(async () => {
      const user = await this.users.lock(userId);
      return this.additions.add(user, { id, type: 'totp' }, async () => {
        if (!(await this.factors.confirm(id, step))) throw new FactorNotFound();
      });
    });
  }
}
