import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';

import { typedEmail } from '../../../platform/common/email-address.js';
import type { SignedInUser } from '../../../platform/common/request/principal.js';
import { Database } from '../../../platform/database/database.js';
import { RequestInvalid } from '../../../platform/problems/problem.js';
import { UsersRepository } from '../../users/users.repository.js';
import { FactorAdditions } from '../factor-additions.js';
import { OwnerConfirmation } from '../owner-confirmation.js';
import { type Bond, Challenges } from './challenges.js';
import type {
  AddedPasskey,
  AddPasskeyRequest,
  PasskeyCreation,
  StartPasskeyRequest,
} from './passkey-enrolment.schemas.js';
import { PasskeysRepository } from './passkeys.repository.js';
import { RelyingParty } from './relying-party.js';

/** Adds passkeys. */
@Injectable()
export class PasskeyEnrolments {
  constructor(
    private readonly database: Database,
    private readonly users: UsersRepository,
    private readonly passkeys: PasskeysRepository,
    private readonly challenges: Challenges,
    private readonly party: RelyingParty,
    private readonly owner: OwnerConfirmation,
    private readonly additions: FactorAdditions,
  ) {}

  /**
   * Options for the browser that makes a passkey.
   * @param ip of the caller. @throws EmailUnverified, RequestInvalid, InvalidCredentials, StepUpRequired
   */
  async start(
    caller: SignedInUser,
    { current_password: password }: StartPasskeyRequest,
    ip: string,
  ): Promise<PasskeyCreation> {
    const { user } = await this.owner.confirm(caller, password, ip);
    const known = await this.passkeys.credentialsOf(user.id, this.party.id);
    const { id, challenge } = await this.challenges.issue(bondOf(caller));
    const account = { id: user.id, name: typedEmail(user), displayName: user.name };
    return { challenge_id: id, options: this.party.creation(challenge, account, known) };
  }

  /**
   * Adds what the browser made. The first factor of a user comes with recovery codes.
   * @throws InvalidToken, EmailUnverified; RequestInvalid for a response that does not fit, or too many factors
   */
  async add(
    caller: SignedInUser,
    { challenge_id: challengeId, response, name }: AddPasskeyRequest,
  ): Promise<AddedPasskey> {
    const challenge = await this.challenges.use(challengeId, bondOf(caller));
    const credential = await this.party.registered(challenge, response);
    if (credential === undefined)
      throw new RequestInvalid([{ pointer: '/response', detail: 'does not fit the options' }]);
    const id = uuidv7();
    const { factor, ...codes } = await this.database.transaction(async () => {
      const user = await this.users.lock(caller.userId);
      await this.additions.requireRoom(user.id);
      const passkey = { ...credential, userId: user.id, factorId: id, name };
      return this.additions.add(user, { id, type: 'passkey' }, () =>
        this.database.commit(this.passkeys.insertion(passkey)),
      );
    });
    return { ...factor, ...codes };
  }
}

function bondOf({ userId, sessionId }: SignedInUser): Bond {
  return { purpose: 'register', userId, boundTo: sessionId };
}
