import { Injectable } from '@nestjs/common';

import { Lockout } from '../../credentials/lockout/lockout.js';
import {
  attemptOf,
  provenAccount,
  type ProvenAccount,
} from '../../credentials/passwords/password-check.js';
import { UsersRepository } from '../../users/users.repository.js';
import { DeviceTokens } from '../tokens/device-tokens.js';

/** Why an account that was proved opens no session. */
export type AccountRefusal = 'unknown' | 'suspended' | 'locked';

/** Accounts that were proved without their password. The rules of sign-in hold for them, too. */
@Injectable()
export class ProvenAccounts {
  constructor(
    private readonly users: UsersRepository,
    private readonly lockout: Lockout,
    private readonly devices: DeviceTokens,
  ) {}

  /** The account of a user, unless it is suspended, or guesses from the source are held off. */
  async of(
    userId: string,
    { ip, deviceToken }: { readonly ip: string; readonly deviceToken?: string | undefined },
  ): Promise<ProvenAccount | AccountRefusal> {
    const user = await this.users.find(userId);
    if (user === undefined) return 'unknown';
    if (user.status !== 'active') return 'suspended';
    const device = this.devices.verify(deviceToken);
    const attempt = attemptOf({ email: user.email, device, ip }, user);
    return (await this.lockout.refuses(attempt)) ? 'locked' : provenAccount(user, attempt);
  }
}
