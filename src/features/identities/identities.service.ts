import { Injectable } from '@nestjs/common';
import { InjectPinoLogger, PinoLogger } from 'nestjs-pino';

import { AuditLog } from '../../platform/audit/audit-log.js';
import type { SignedInUser } from '../../platform/common/request/principal.js';
import { Database } from '../../platform/database/database.js';
import { MailQueue } from '../../platform/mail/mail-queue.js';
import { InvalidToken, LastCredential } from '../credentials/credential.errors.js';
import { type ConfirmedProof, OwnerConfirmation } from '../factors/owner-confirmation.js';
import type { User } from '../users/user.entity.js';
import { UsersRepository } from '../users/users.repository.js';
import { WaysIn } from '../users/ways-in.js';
import { ProviderExchange } from './exchange/provider-exchange.js';
import { IdentitiesRepository, type NewIdentity } from './identities.repository.js';
import { IdentityNotFound } from './identity.errors.js';
import { toIdentityResponse } from './identity.mapper.js';
import type {
  ExchangeRequest,
  IdentityList,
  IdentityResponse,
  LinkRequest,
  StartRequest,
  StartResponse,
} from './identity.schemas.js';
import { IdentityLinks } from './linking/identity-links.js';
import { LinkTokens } from './linking/link-tokens.js';

/** What a password is asked for. */
const TO_LINK = 'to link an identity';

/** The identities of a user. The access guard has checked the caller before. */
@Injectable()
export class IdentitiesService {
  constructor(
    private readonly database: Database,
    private readonly users: UsersRepository,
    private readonly identities: IdentitiesRepository,
    private readonly links: IdentityLinks,
    private readonly linkTokens: LinkTokens,
    private readonly exchange: ProviderExchange,
    private readonly owner: OwnerConfirmation,
    private readonly waysIn: WaysIn,
    private readonly audit: AuditLog,
    private readonly mails: MailQueue,
    @InjectPinoLogger('identities') private readonly logger: PinoLogger,
  ) {}

  /** Oldest first. @throws UserNotFound */
  async list(userId: string): Promise<IdentityList> {
    const { id } = await this.users.byId(userId);
    return { items: (await this.identities.list(id)).map(toIdentityResponse) };
  }

  /**
   * Begins to link an identity to the caller's account.
   * @param ip of the caller.
   * @throws EmailUnverified, RequestInvalid, InvalidCredentials, StepUpRequired, ProviderNotFound,
   * DependencyUnavailable
   */
  async startLinking(
    provider: string,
    { redirect_uri: redirectUri, current_password: password }: StartRequest,
    caller: SignedInUser,
    ip: string,
  ): Promise<StartResponse> {
    await this.owner.confirm(caller, password, ip, TO_LINK);
    return this.exchange.start(provider, redirectUri, caller);
  }

  /**
   * Links the identity that came back from a provider.
   * @throws InvalidToken, InvalidCredentials, IdentityTaken, EmailUnverified, StepUpRequired
   */
  async linkByExchange(
    provider: string,
    request: ExchangeRequest,
    caller: SignedInUser,
  ): Promise<IdentityResponse> {
    const identity = await this.exchange.identify(provider, request, caller);
    return this.link(caller, caller, () => Promise.resolve(identity));
  }

  /**
   * Links the identity of a link token. Whoever signed in since the token was made has proved the
   * account; an older session needs the proof that a new factor needs.
   * @param ip of the caller.
   * @throws InvalidToken, IdentityTaken, EmailUnverified, RequestInvalid, InvalidCredentials, StepUpRequired
   */
  async linkByToken(
    caller: SignedInUser,
    { link_token: token, current_password: password }: LinkRequest,
    ip: string,
  ): Promise<IdentityResponse> {
    const signedInSince = await this.linkTokens.precedes(token, caller.sessionId);
    if (signedInSince === undefined) throw new InvalidToken();
    const proof = signedInSince ? caller : await this.owner.confirm(caller, password, ip, TO_LINK);
    return this.link(caller, proof, async ({ email }) => {
      const identity = await this.linkTokens.use(token, email);
      if (identity === undefined) throw new InvalidToken();
      return identity;
    });
  }

  private async link(
    caller: SignedInUser,
    proof: ConfirmedProof,
    take: (user: User) => Promise<NewIdentity>,
  ): Promise<IdentityResponse> {
    const { userId } = caller;
    const identity = await this.database.transaction(async () => {
      const locked = await this.users.lock(userId);
      await this.owner.confirmLocked(caller, proof, locked);
      return this.links.link(userId, await take(locked));
    });
    this.logger.info({ user_id: userId, provider: identity.provider }, 'identity linked');
    return toIdentityResponse(identity);
  }

  /** @throws UserNotFound, IdentityNotFound, LastCredential */
  async remove(userId: string, id: string): Promise<void> {
    await this.database.transaction(async () => {
      await this.users.lock(userId);
      const identity = (await this.identities.listLocked(userId)).find((each) => each.id === id);
      if (identity === undefined) throw new IdentityNotFound();
      if ((await this.waysIn.count(userId)) <= 1) throw new LastCredential();
      await this.database.commit(
        this.identities.deletion(id),
        this.mails.insertion({ template: 'identity_removed', user_id: userId }),
        this.audit.insertion({
          action: 'auth.identity-removed',
          targetId: userId,
          details: { identity: id, provider: identity.provider },
        }),
      );
    });
    this.logger.info({ user_id: userId }, 'identity removed');
  }
}
