import { Inject, Injectable } from '@nestjs/common';
import type { ConfigType } from '@nestjs/config';

import type { SignedInUser } from '../../platform/common/request/principal.js';
import { accessConfig } from '../../platform/http/access/access.config.js';
import { isRecent, isStrongLately } from '../../platform/http/access/step-up.js';
import { RequestInvalid, StepUpRequired } from '../../platform/problems/problem.js';
import { InvalidCredentials } from '../credentials/credential.errors.js';
import { OwnPassword } from '../credentials/passwords/own-password.js';
import type { User } from '../users/user.entity.js';
import { UsersRepository } from '../users/users.repository.js';
import { EmailUnverified } from './factor.errors.js';
import { FactorsRepository, isReal } from './factors.repository.js';

/** What the owner has proved. */
export interface ConfirmedProof {
  /** With which the proof was made, see `requireCurrent`. */
  readonly credentialsVersion: number;
}

/** A user who may add a factor or an identity. */
export interface ConfirmedOwner extends ConfirmedProof {
  readonly user: User;
}

/** What the owner of an account shows. */
export interface OwnerProof {
  readonly password: string | undefined;
  /** Of the caller. */
  readonly ip: string;
  /** What the password is asked for. */
  readonly purpose: string;
}

/** What a new way to prove oneself needs: whoever adds it must be the owner of the account. */
@Injectable()
export class OwnerConfirmation {
  constructor(
    private readonly users: UsersRepository,
    private readonly factors: FactorsRepository,
    private readonly password: OwnPassword,
    @Inject(accessConfig.KEY) private readonly config: ConfigType<typeof accessConfig>,
  ) {}

  /**
   * Requires a verified address, and the proof that `prove` asks for.
   * @param ip of the caller. @param purpose what the password is asked for.
   * @throws EmailUnverified, RequestInvalid, InvalidCredentials, StepUpRequired, UserNotFound
   */
  async confirm(
    caller: SignedInUser,
    password: string | undefined,
    ip: string,
    purpose = 'to add a factor',
  ): Promise<ConfirmedOwner> {
    const user = await this.users.byId(caller.userId);
    requireVerified(user);
    const proof = await this.prove(caller, { password, ip, purpose });
    return { user, credentialsVersion: proof.credentialsVersion };
  }

  /**
   * Requires proof that nobody else holds the session: a factor proved lately, the password, or, where
   * there is none, a recent sign-in.
   * @throws RequestInvalid, InvalidCredentials, StepUpRequired, UserNotFound
   */
  async prove(
    caller: SignedInUser,
    { password, ip, purpose }: OwnerProof,
  ): Promise<ConfirmedProof> {
    const { stepUpMaxAge } = this.config;
    if (isStrongLately(caller, stepUpMaxAge)) return caller;
    const { password_hash: hash } = await this.users.byId(caller.userId);
    if (hash === null && isRecent(caller, stepUpMaxAge)) return caller;
    if (hash === null) throw new StepUpRequired(stepUpMaxAge);
    if (password !== undefined) return this.password.prove(caller, password, ip);
    throw new RequestInvalid([{ pointer: '/current_password', detail: `is needed ${purpose}` }]);
  }

  /**
   * Within a transaction that has locked the user: checks again what may have changed since the owner began. The
   * address is still verified, the proof still holds, and a factor that the account has by now was proved lately.
   * @throws InvalidCredentials, EmailUnverified, StepUpRequired
   */
  async confirmLocked(caller: SignedInUser, proof: ConfirmedProof, locked: User): Promise<void> {
    const { stepUpMaxAge } = this.config;
    requireCurrent(proof, locked);
    requireVerified(locked);
    if (isStrongLately(caller, stepUpMaxAge)) return;
    if ((await this.factors.listLocked(locked.id)).some(isReal))
      throw new StepUpRequired(stepUpMaxAge);
  }
}

/** @throws EmailUnverified */
export function requireVerified({ email_verified: verified }: User): void {
  if (!verified) throw new EmailUnverified();
}

/** Within a transaction that has locked the user: a change of the credentials since makes a proof void. @throws InvalidCredentials */
export function requireCurrent({ credentialsVersion }: ConfirmedProof, locked: User): void {
  if (locked.credentials_version !== credentialsVersion) throw new InvalidCredentials();
}
