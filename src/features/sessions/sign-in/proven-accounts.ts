import { Injectable } from '@nestjs/common';

import {
  attemptOf,
  provenAccount,
  type ProvenAccount,
} from '../../credentials/passwords/password-check.js';
import type { User } from '../../users/user.entity.js';
import { UsersRepository } from '../../users/users.repository.js';
import { DeviceTokens } from '../tokens/device-tokens.js';

/** Why an account that was proved opens no session. */
export type AccountRefusal = 'unknown' | 'suspended';

/** Where an account was proved. */
interface Source {
  readonly ip: string;
  readonly deviceToken?: string | undefined;
}

/**
 * Accounts that were proved without their password. The lockout does not hold for them: passkeys
 * and identity providers cannot be guessed, and strangers who guess the password must not stop its owner.
 */
@Injectable()
export class ProvenAccounts {
  constructor(
    private readonly users: UsersRepository,
    private readonly devices: DeviceTokens,
  ) {}

  /** The account of a user, unless it is suspended. */
  async of(userId: string, source: Source): Promise<ProvenAccount | AccountRefusal> {
    const user = await this.users.find(userId);
    return user === undefined ? 'unknown' : this.ofUser(user, source);
  }

  /** The same for a user who was read already. */
  ofUser(user: User, { ip, deviceToken }: Source): ProvenAccount | 'suspended' {
    if (user.status !== 'active') return 'suspended';
    const device = this.devices.verify(deviceToken);
    const attempt = attemptOf({ email: user.email, device, ip }, user);
    return provenAccount(user, attempt);
  }
}
