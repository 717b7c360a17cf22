import { Inject, Injectable } from '@nestjs/common';
import type { ConfigType } from '@nestjs/config';

import type { SignedInUser } from '../../platform/common/request/principal.js';
import { accessConfig } from '../../platform/http/access/access.config.js';
import { isRecent, isStrongLately } from '../../platform/http/access/step-up.js';
import { RequestInvalid, StepUpRequired } from '../../platform/problems/problem.js';
import { OwnPassword } from '../credentials/passwords/own-password.js';
import type { User } from '../users/user.entity.js';
import { UsersRepository } from '../users/users.repository.js';
import { EmailUnverified } from './factor.errors.js';

/** A user who may add a factor or an identity. */
export interface ConfirmedOwner {
  readonly user: User;
  /** With which the proof was made: a change meanwhile makes it void. */
  readonly credentialsVersion: number;
}

/** What a new way to prove oneself needs: whoever adds it must be the owner of the account. */
@Injectable()
export class OwnerConfirmation {
  constructor(
    private readonly users: UsersRepository,
    private readonly password: OwnPassword,
    @Inject(accessConfig.KEY) private readonly config: ConfigType<typeof accessConfig>,
  ) {}

  /**
   * Requires a verified address, and proof that nobody else holds the session: a factor proved
   * lately, the password, or, where there is none, a recent sign-in.
   * @param ip of the caller.
   * @throws EmailUnverified, RequestInvalid, InvalidCredentials, StepUpRequired, UserNotFound
   */
  async confirm(
    caller: SignedInUser,
    password: string | undefined,
    ip: string,
  ): Promise<ConfirmedOwner> {
    const user = await this.verifiedUser(caller);
    const { stepUpMaxAge } = this.config;
    const proved =
      isStrongLately(caller, stepUpMaxAge) ||
      (user.password_hash === null && isRecent(caller, stepUpMaxAge));
    if (proved) return { user, credentialsVersion: caller.credentialsVersion };
    if (user.password_hash === null) throw new StepUpRequired(stepUpMaxAge);
    if (password === undefined)
      throw new RequestInvalid([
        { pointer: '/current_password', detail: 'is needed to add a factor' },
      ]);
    const { credentialsVersion } = await this.password.prove(caller, password, ip);
    return { user, credentialsVersion };
  }

  /** The caller's account, whose address is verified. @throws EmailUnverified, UserNotFound */
  async verifiedUser({ userId }: SignedInUser): Promise<User> {
    const user = await this.users.byId(userId);
    if (!user.email_verified) throw new EmailUnverified();
    return user;
  }
}
