import { Inject, Injectable } from '@nestjs/common';
import type { ConfigType } from '@nestjs/config';
import { InjectPinoLogger, PinoLogger } from 'nestjs-pino';
import { v7 as uuidv7 } from 'uuid';

import { ANSWER_FLOOR_MS, withMinimumDuration } from '../../platform/common/minimum-duration.js';
import { sourceOf } from '../../platform/common/request/client-address.js';
import { typedEmail } from '../../platform/common/email-address.js';
import { Database } from '../../platform/database/database.js';
import type { Write } from '../../platform/database/transactions/write.js';
import { MailQueue } from '../../platform/mail/mail-queue.js';
import { PasswordHasher } from '../credentials/passwords/password-hasher.js';
import { type AccountMailPayload, accountMailJob } from './account-mail.js';
import { AuditLog } from '../../platform/audit/audit-log.js';
import { JobQueue } from '../../platform/jobs/queue/job-queue.js';
import { emailConfig } from '../../platform/mail/email.config.js';
import { KnownSources } from '../credentials/lockout/known-sources.js';
import { Lockout } from '../credentials/lockout/lockout.js';
import { FactorsRepository, isReal } from '../factors/factors.repository.js';
import { IdentitiesRepository } from '../identities/identities.repository.js';
import { MailedTokens } from '../credentials/mailed-tokens/mailed-tokens.js';
import { PasswordRules } from '../credentials/passwords/password-rules.js';
import type { User } from '../users/user.entity.js';
import { InvalidToken } from '../credentials/credential.errors.js';
import { UserNotFound } from '../users/user.errors.js';
import { UserSessions } from '../users/user-sessions.js';
import { changed, UsersRepository } from '../users/users.repository.js';

/** What a mailed token does when it is used. */
export type MailedPurpose = 'verify_email' | 'first_password' | 'password_reset' | 'not_me';

/** Requests and uses of mailed tokens. */
@Injectable()
export class AccountRecovery {
  constructor(
    private readonly database: Database,
    private readonly users: UsersRepository,
    private readonly tokens: MailedTokens,
    private readonly jobs: JobQueue,
    private readonly mails: MailQueue,
    private readonly passwords: PasswordHasher,
    private readonly rules: PasswordRules,
    private readonly lockout: Lockout,
    private readonly sources: KnownSources,
    private readonly factors: FactorsRepository,
    private readonly identities: IdentitiesRepository,
    private readonly sessions: UserSessions,
    private readonly audit: AuditLog,
    @Inject(emailConfig.KEY) private readonly retries: ConfigType<typeof emailConfig>,
    @InjectPinoLogger('users') private readonly logger: PinoLogger,
  ) {}

  /**
   * Mails a token to an address if a user has it; the caller gets the same answer in both cases.
   */
  async request(purpose: AccountMailPayload['purpose'], email: string): Promise<void> {
    await withMinimumDuration(ANSWER_FLOOR_MS, this.enqueue(purpose, email));
  }

  /**
   * What a mailed token is for, without using it up; undefined for one without effect.
   * `first_password`: its user has no way to sign in yet, and sets a password by it.
   */
  async purposeOf(token: string): Promise<MailedPurpose | undefined> {
    const found = await this.tokens.find(token);
    if (found?.purpose !== 'verify_email') return found?.purpose;
    const { password_hash } = await this.ownerOf(found.userId);
    const hasOther =
      password_hash !== null || (await this.identities.list(found.userId)).length > 0;
    return hasOther ? 'verify_email' : 'first_password';
  }

  /** Verifies the address that a token was mailed to. @throws InvalidToken */
  async verifyEmail(token: string): Promise<void> {
    const found = await this.tokens.find(token);
    if (found?.purpose !== 'verify_email') throw new InvalidToken();
    await this.database.transaction(async () => {
      const user = await this.redeem(token, found.userId);
      if (user.email_verified) return;
      await this.database.commit(
        this.users.update(user, changed(user, { email_verified: true })),
        this.audit.insertion({ action: 'user.email-verified', targetId: user.id }),
      );
    });
  }

  /**
   * Sets a new password: with a reset token, or the first one with a welcome token. A reader of the
   * mail owns the address, so it is verified; all sessions end, and lockouts are lifted.
   * @param ip of the caller, whose network is trusted from now on unless the account has a factor.
   * @throws InvalidToken, RequestInvalid, Overloaded
   */
  async resetPassword(token: string, password: string, ip: string): Promise<void> {
    const found = await this.tokens.find(token);
    // Avoids hashing for an invalid token.
    if (found === undefined || found.purpose === 'not_me') throw new InvalidToken();
    const owner = await this.ownerOf(found.userId);
    await this.rules.enforce(password, { email: typedEmail(owner), name: owner.name });
    const hash = await this.passwords.hash(password);
    await this.database.transaction(async () => {
      const user = await this.redeem(token, found.userId);
      if (found.purpose === 'verify_email' && user.password_hash !== null) throw new InvalidToken();
      const recovered = changed(user, {
        password_hash: hash,
        email_verified: true,
        credentials_version: user.credentials_version + 1,
      });
      const needsFactor = (await this.factors.listLocked(user.id)).some(isReal);
      await this.database.commit(
        ...(await this.reclamation(user)),
        this.users.update(user, recovered),
        this.tokens.end(user.id),
        await this.sessions.end(recovered),
        this.lockout.lift(user.email),
        ...(needsFactor ? [] : [this.sources.remember(user.id, { source: sourceOf(ip) })]),
        this.audit.insertion({ action: 'user.password-reset', targetId: user.id }),
      );
    });
    this.sessions.changed(found.userId);
    this.logger.info({ user_id: found.userId }, 'password reset');
  }

  /**
   * Whoever made an account with an address that nobody confirmed does not stay in it by an identity.
   */
  private async reclamation({ id, email_verified: confirmed }: User): Promise<Write[]> {
    if (confirmed || (await this.identities.listLocked(id)).length === 0) return [];
    return [
      this.identities.end(id),
      this.audit.insertion({ action: 'auth.account-reclaimed', targetId: id }),
    ];
  }

  /**
   * Takes an account back after a sign-in that its owner did not make: all sessions end, the password
   * is void until it is reset by mail, no identity signs in until it is linked again, and no device or
   * source is known any more.
   * @throws InvalidToken
   */
  async disown(token: string): Promise<void> {
    const found = await this.tokens.find(token);
    if (found?.purpose !== 'not_me') throw new InvalidToken();
    await this.database.transaction(async () => {
      const user = await this.redeem(token, found.userId);
      const disowned = changed(user, {
        password_hash: null,
        credentials_version: user.credentials_version + 1,
        device_generation: user.device_generation + 1,
      });
      const reset = this.tokens.tokenFor(user.id, 'password_reset');
      await this.database.commit(
        this.users.update(user, disowned),
        this.tokens.end(user.id),
        await this.sessions.end(disowned),
        this.sources.forget(user.id),
        this.identities.end(user.id),
        this.tokens.insertion(reset),
        this.mails.insertion({
          template: 'password_reset',
          user_id: user.id,
          token_id: reset.id,
        }),
        this.audit.insertion({ action: 'auth.sign-in-disowned', targetId: user.id }),
      );
    });
    this.sessions.changed(found.userId);
    this.logger.warn({ user_id: found.userId }, 'sign-in disowned: sessions ended, password void');
  }

  private async ownerOf(userId: string): Promise<User> {
    try {
      return await this.users.byId(userId);
    } catch (error) {
      throw error instanceof UserNotFound ? new InvalidToken() : error;
    }
  }

  private async enqueue(purpose: AccountMailPayload['purpose'], email: string): Promise<void> {
    const user = await this.users.byEmail(email);
    const action =
      purpose === 'password_reset'
        ? 'auth.password-reset-requested'
        : 'auth.verification-requested';
    const asked = { purpose, user_id: user?.id ?? uuidv7() };
    await this.database.commit(
      this.jobs.insertion(accountMailJob, asked, this.retries),
      this.audit.insertion({ action, targetId: user?.id }),
    );
  }

  /** Consumes a token after locking the user: changes of a user take locks in this order. */
  private async redeem(token: string, userId: string): Promise<User> {
    try {
      const user = await this.users.lock(userId);
      if (await this.tokens.use(token)) return user;
    } catch (error) {
      if (!(error instanceof UserNotFound)) throw error;
    }
    throw new InvalidToken();
  }
}
