import { Inject, Injectable } from '@nestjs/common';
import type { ConfigType } from '@nestjs/config';
import { InjectPinoLogger, PinoLogger } from 'nestjs-pino';

import { AuditLog } from '../../../platform/audit/audit-log.js';
import { brandingConfig } from '../../../platform/branding/branding.config.js';
import { Database } from '../../../platform/database/database.js';
import { accessConfig } from '../../../platform/http/access/access.config.js';
import { MailQueue } from '../../../platform/mail/mail-queue.js';
import { InvalidCredentials } from '../../credentials/credential.errors.js';
import { MailedTokens } from '../../credentials/mailed-tokens/mailed-tokens.js';
import { CreatedUsers } from '../../sign-up/created-users.js';
import { creation, newUser } from '../../sign-up/new-user.js';
import type { User } from '../../users/user.entity.js';
import { EmailTaken } from '../../users/user.errors.js';
import { UsersRepository } from '../../users/users.repository.js';
import { IdentitiesRepository } from '../identities.repository.js';
import {
  EmailRequired,
  IdentityTaken,
  IdentityUnlinked,
  RegistrationClosed,
} from '../identity.errors.js';
import type { StatedIdentity } from '../providers/stated-identity.js';
import { matchOf } from './account-matching.js';
import { IdentityLinks } from './identity-links.js';
import { LinkTokens } from './link-tokens.js';

/** An identity with an address that an account can have. */
type Addressed = StatedIdentity & { readonly email: string };

/** Finds, links or creates the accounts of identities. */
@Injectable()
export class ProviderAccounts {
  constructor(
    private readonly database: Database,
    private readonly identities: IdentitiesRepository,
    private readonly links: IdentityLinks,
    private readonly linkTokens: LinkTokens,
    private readonly users: UsersRepository,
    private readonly audit: AuditLog,
    private readonly tokens: MailedTokens,
    private readonly mails: MailQueue,
    private readonly created: CreatedUsers,
    @Inject(brandingConfig.KEY) private readonly branding: ConfigType<typeof brandingConfig>,
    @Inject(accessConfig.KEY) private readonly config: ConfigType<typeof accessConfig>,
    @InjectPinoLogger('identities') private readonly logger: PinoLogger,
  ) {}

  /**
   * The account of an identity; a known one has its own, a new one may get one.
   * @param locale of a new account.
   * @throws IdentityUnlinked, RegistrationClosed, EmailRequired, InvalidCredentials for a suspended account
   */
  async of(identity: StatedIdentity, locale: string = this.branding.defaultLocale): Promise<User> {
    try {
      return await this.find(identity, locale);
    } catch (error) {
      if (!(error instanceof EmailTaken || error instanceof IdentityTaken)) throw error;
      // Another sign-in of the same person was faster.
      return this.find(identity, locale);
    }
  }

  private async find(identity: StatedIdentity, locale: string): Promise<User> {
    const known = await this.identities.use(identity.issuer, identity.subject);
    return known === undefined ? this.match(identity, locale) : this.users.byId(known);
  }

  private async match(identity: StatedIdentity, locale: string): Promise<User> {
    const { email, emailVerified, trusted } = identity;
    const account = email === undefined ? undefined : await this.users.byEmail(email);
    const match = matchOf({
      localVerified: account?.email_verified,
      providerVerified: email === undefined ? undefined : emailVerified,
      trusted,
      disclosure: this.config.signupDisclosure,
      registrationOpen: this.config.registrationOpen,
    });
    if (match === 'closed') throw new RegistrationClosed();
    if (email === undefined) throw new EmailRequired();
    const addressed = { ...identity, email };
    if (match === 'link' && account !== undefined) return this.link(account.id, addressed);
    if (match === 'create') return this.create(addressed, locale);
    throw new IdentityUnlinked(await this.linkTokens.issue(addressed));
  }

  private async link(userId: string, identity: Addressed): Promise<User> {
    const linked = await this.database.transaction(async () => {
      const user = await this.users.lockByEmail(identity.email);
      // What was true a moment ago may have changed.
      const same = user?.id === userId && user.email_verified && user.status === 'active';
      if (!same) throw new InvalidCredentials();
      await this.links.link(userId, identity);
      return user;
    });
    this.reportLink(linked, identity);
    return linked;
  }

  private async create(identity: Addressed, locale: string): Promise<User> {
    const { email, emailVerified, name } = identity;
    const user = {
      ...newUser({ email, name, source: 'oidc' }, null, locale),
      email_verified: emailVerified,
    };
    const token = this.tokens.tokenFor(user.id, 'verify_email');
    await this.database.transaction(async () => {
      await this.database.commit(
        this.users.insertion(user),
        this.audit.insertion(creation(user)),
        this.tokens.insertion(token),
        this.mails.insertion({ template: 'welcome', user_id: user.id, token_id: token.id }),
      );
      await this.links.record(user.id, identity);
    });
    this.created.report(user);
    return user;
  }

  private reportLink({ id }: User, { provider }: StatedIdentity): void {
    this.logger.info({ user_id: id, provider }, 'identity linked by its address');
  }
}
