import { Injectable } from '@nestjs/common';
import { InjectPinoLogger, PinoLogger } from 'nestjs-pino';

import { AuditLog } from '../../../platform/audit/audit-log.js';
import { sourceOf } from '../../../platform/common/request/client-address.js';
import { withMinimumDuration } from '../../../platform/common/minimum-duration.js';
import type { Role } from '../../../platform/common/request/principal.js';
import { Database } from '../../../platform/database/database.js';
import type { User } from '../../users/user.entity.js';
import { UsersRepository } from '../../users/users.repository.js';
import { InvalidCredentials } from '../credential.errors.js';
import { Lockout, lockoutAccount, type SignInAttempt } from '../lockout/lockout.js';
import { isWeak, provesWholePassword, unmatchableHash } from './password-hash.js';
import { PasswordHasher } from './password-hasher.js';

/** A device that has signed in to an account. */
export interface Device {
  readonly id: string;
  readonly userId: string;
  /** That of the user: devices of earlier generations are forgotten. */
  readonly generation: number;
}

/** The claimed account, its password and the source of the request. */
export interface PasswordClaim {
  readonly email: string;
  readonly password: string;
  readonly ip: string;
  /** Known sources and devices of the account. */
  readonly device?: Device | undefined;
}

/** An account that its owner has proved. */
export interface ProvenAccount {
  readonly id: string;
  readonly role: Role;
  readonly credentialsVersion: number;
  readonly deviceGeneration: number;
  readonly attempt: SignInAttempt;
}

/**
 * Minimum time of a refusal in milliseconds: above the usual time of the work, to hide remaining
 * differences (mainly of imported hashes).
 */
const REFUSAL_FLOOR_MS = 60;

type Refusal = 'unknown' | 'wrong' | 'suspended' | 'locked';

/**
 * Checks passwords. Every refusal has the same answer and the same work: the same statements and
 * number of argon2 verifications, with a dummy hash if there is no hash.
 */
@Injectable()
export class PasswordCheck {
  private readonly unmatchable = unmatchableHash();

  constructor(
    private readonly database: Database,
    private readonly users: UsersRepository,
    private readonly lockout: Lockout,
    private readonly passwords: PasswordHasher,
    private readonly audit: AuditLog,
    @InjectPinoLogger('users') private readonly logger: PinoLogger,
  ) {}

  /**
   * Proves that the caller knows the account's password. It replaces a weaker hash, or one of a
   * password that was not normalised, since the password is known now. The hash stays if it does
   * not prove the whole password.
   * @throws InvalidCredentials, Overloaded, DependencyUnavailable
   */
  async prove(claim: PasswordClaim): Promise<ProvenAccount> {
    const floor = withMinimumDuration(REFUSAL_FLOOR_MS, Promise.resolve());
    const account = await this.judge(claim);
    if (account !== undefined) return account;
    await floor;
    throw new InvalidCredentials();
  }

  private async judge({ password, ...claim }: PasswordClaim): Promise<ProvenAccount | undefined> {
    const user = await this.users.byEmail(claim.email);
    const attempt = attemptOf(claim, user);
    const locked = await this.lockout.refuses(attempt);
    const open = user?.status === 'active' && user.password_hash !== null && !locked;
    const hash = open ? (user.password_hash ?? this.unmatchable) : this.unmatchable;
    const forms = formsOf(password);
    const matches = await Promise.all(forms.map((form) => this.passwords.verify(hash, form)));
    const proven = forms[matches.indexOf(true)];
    // Checked again: otherwise concurrent guesses would pass before any is counted.
    if (open && proven !== undefined && !(await this.lockout.refuses(attempt))) {
      const [normal] = forms;
      const outdated = isWeak(hash) || proven !== normal;
      if (outdated && provesWholePassword(hash, proven)) await this.upgrade(user, hash, normal);
      return provenAccount(user, attempt);
    }
    await this.refuse(attempt, refusal(user, locked || (open && proven !== undefined)));
    return undefined;
  }

  private async refuse(attempt: SignInAttempt, reason: Refusal): Promise<void> {
    await this.database.commit(
      this.audit.insertion({
        action: 'auth.password-refused',
        targetId: attempt.userId,
        details: { reason, device: attempt.deviceId !== undefined },
      }),
      this.lockout.failure(attempt, reason !== 'locked'),
    );
  }

  private async upgrade(user: User, outdated: string, password: string): Promise<void> {
    const strong = await this.passwords.hash(password);
    await this.database.commit(
      this.users.replacedHash(user.id, outdated, strong),
      this.audit.insertion({ action: 'user.password-rehashed', targetId: user.id }),
    );
    this.logger.info({ user_id: user.id }, 'password hash upgraded');
  }
}

/** Under which keys failures of a claim are counted. @param user the claimed account, if there is one. */
export function attemptOf(
  { email, ip, device }: Omit<PasswordClaim, 'password'>,
  user: User | undefined,
): SignInAttempt {
  return {
    account: lockoutAccount(email),
    userId: user?.id,
    source: sourceOf(ip),
    deviceId: device && user && isDeviceOf(user, device) ? device.id : undefined,
  };
}

/** The account of a user who has proved it, by whatever method. */
export function provenAccount(user: User, attempt: SignInAttempt): ProvenAccount {
  return {
    id: user.id,
    role: user.role,
    credentialsVersion: user.credentials_version,
    deviceGeneration: user.device_generation,
    attempt,
  };
}

/**
 * Possible inputs of a hash: the normalised password and, if different, the password as sent, for
 * older and imported hashes. All are always verified, so that the time depends only on the input.
 */
function formsOf(password: string): [normal: string, ...asSent: string[]] {
  const normal = password.normalize('NFKC');
  return normal === password ? [normal] : [normal, password];
}

function isDeviceOf({ id, device_generation }: User, { userId, generation }: Device): boolean {
  return userId === id && generation === device_generation;
}

function refusal(user: User | undefined, locked: boolean): Refusal {
  if (locked) return 'locked';
  if (user === undefined) return 'unknown';
  return user.status === 'suspended' ? 'suspended' : 'wrong';
}
