import { Injectable } from '@nestjs/common';

import { AuditLog } from '../../../platform/audit/audit-log.js';
import { Database } from '../../../platform/database/database.js';
import { type Bond, Challenges } from './challenges.js';
import type { AuthenticationResponse, RequestOptions } from './passkey.schemas.js';
import { type KnownPasskey, PasskeysRepository } from './passkeys.repository.js';
import { handleOf, RelyingParty } from './relying-party.js';

/** A response, and the challenge that it has to answer. */
export interface ChallengedResponse {
  readonly challenge: Buffer;
  readonly response: AuthenticationResponse;
}

/** Asks for passkeys, and checks the answers. */
@Injectable()
export class PasskeyChecks {
  constructor(
    private readonly database: Database,
    private readonly challenges: Challenges,
    private readonly party: RelyingParty,
    private readonly passkeys: PasskeysRepository,
    private readonly audit: AuditLog,
  ) {}

  /** Options for a browser: any passkey, or one of the account where it is known. */
  async ask(bond: Bond): Promise<RequestOptions> {
    const { id, challenge } = await this.challenges.issue(bond);
    const allowed =
      bond.userId === undefined
        ? []
        : await this.passkeys.credentialsOf(bond.userId, this.party.id);
    return { challenge_id: id, options: this.party.request(challenge, allowed) };
  }

  /** The passkey that signed a response; undefined if none did. @param userId whose it has to be, if known. */
  async check(
    { challenge, response }: ChallengedResponse,
    userId?: string,
  ): Promise<KnownPasskey | undefined> {
    const passkey = await this.passkeys.byCredential(response.id);
    const counter = await this.party.signed(challenge, response, passkey);
    if (passkey === undefined || counter === undefined) return undefined;
    if (!isOf(passkey, response, userId)) return undefined;
    return (await this.passkeys.use(passkey.factorId, counter, this.party.id))
      ? passkey
      : this.refuseCopy(passkey);
  }

  /** Two authenticators have the key: one of them is a copy (WebAuthn §6.1.1). */
  private async refuseCopy({ userId, factorId }: KnownPasskey): Promise<undefined> {
    await this.database.commit(
      this.audit.insertion({
        action: 'auth.passkey-cloned',
        targetId: userId,
        details: { factor: factorId },
      }),
    );
  }
}

/** Whether it is a passkey of the user that the response or, before it, the account names (WebAuthn §7.2 step 6). */
function isOf(
  { userId: owner }: KnownPasskey,
  { response: { userHandle } }: AuthenticationResponse,
  userId: string | undefined,
): boolean {
  const handle = handleOf(owner);
  if (userId === undefined) return userHandle === handle;
  return userId === owner && (userHandle ?? handle) === handle;
}
