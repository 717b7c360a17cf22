import { Injectable } from '@nestjs/common';

import type { SignedInUser } from '../../../platform/common/request/principal.js';
import { UserSessions } from '../../users/user-sessions.js';
import { UsersRepository } from '../../users/users.repository.js';
import { PasswordCheck, type ProvenAccount } from './password-check.js';

/** Confirms a signed-in user by the current password. */
@Injectable()
export class OwnPassword {
  constructor(
    private readonly users: UsersRepository,
    private readonly sessions: UserSessions,
    private readonly check: PasswordCheck,
  ) {}

  /** @param ip of the caller. @throws InvalidCredentials, Overloaded, DependencyUnavailable */
  async prove(
    { userId, sessionId }: SignedInUser,
    password: string,
    ip: string,
  ): Promise<ProvenAccount> {
    const user = await this.users.byId(userId);
    // The device of a live session has its own failure count, independent of other sources.
    const deviceId = await this.sessions.deviceOf(sessionId);
    return this.check.prove({
      email: user.email,
      password,
      ip,
      ...(deviceId !== undefined && {
        device: { id: deviceId, userId, generation: user.device_generation },
      }),
    });
  }
}
