import { Injectable } from '@nestjs/common';

import { type AuditEntry, AuditLog } from '../../platform/audit/audit-log.js';
import {
  emailKey,
  storedEmail,
  type StoredEmail,
  typedEmail,
} from '../../platform/common/email-address.js';
import type { Principal, SignedInUser } from '../../platform/common/request/principal.js';
import { Database } from '../../platform/database/database.js';
import type { Write } from '../../platform/database/transactions/write.js';
import { MailQueue } from '../../platform/mail/mail-queue.js';
import { PreconditionFailed } from '../../platform/problems/problem.js';
import { MailedTokens } from '../credentials/mailed-tokens/mailed-tokens.js';
import { PasswordHasher } from '../credentials/passwords/password-hasher.js';
import { PasswordRules } from '../credentials/passwords/password-rules.js';
import {
  type ConfirmedProof,
  OwnerConfirmation,
  requireCurrent,
} from '../factors/owner-confirmation.js';
import { UserSessions } from '../users/user-sessions.js';
import type { User } from '../users/user.entity.js';
import { changed, UsersRepository } from '../users/users.repository.js';
import { ensureAnotherSuperuser } from './last-superuser.js';
import type { UpdateUserRequest } from './profile.schemas.js';

/** The result of a request for the current user row. */
type Changes = Partial<
  Pick<User, 'name' | 'locale' | 'password_hash' | 'status' | 'role'> & StoredEmail
>;

/** The caller and the fields of a change. */
interface Requester {
  readonly caller: Principal;
  readonly ip: string;
  /** Versions of the user that may be changed; all versions by default. */
  readonly versions: readonly number[] | undefined;
}

/** Changes of users, with their side effects. The access guard has checked the caller before. */
@Injectable()
export class UserUpdates {
  constructor(
    private readonly database: Database,
    private readonly users: UsersRepository,
    private readonly owner: OwnerConfirmation,
    private readonly passwords: PasswordHasher,
    private readonly rules: PasswordRules,
    private readonly audit: AuditLog,
    private readonly tokens: MailedTokens,
    private readonly mails: MailQueue,
    private readonly sessions: UserSessions,
  ) {}

  /**
   * Changes a user, unless it has changed since the client read it. A change of the own address or
   * password needs the current password, or a second factor proved lately; without a password a recent
   * sign-in.
   * @throws UserNotFound, PreconditionFailed, RequestInvalid, InvalidCredentials, StepUpRequired,
   * EmailTaken, LastSuperuser
   */
  async update(id: string, request: UpdateUserRequest, by: Requester): Promise<User> {
    const own = by.caller.kind === 'user' && by.caller.userId === id ? by.caller : undefined;
    const proof = own && (await this.confirm(own, by.ip, request));
    // Hashed outside the transaction: it takes longer than all the rest.
    const hash = request.password && (await this.hashed(id, request.password, request));
    const updated = await this.database.transaction(async () => {
      const user = await this.users.lock(id);
      if (by.versions?.includes(user.version) === false) throw new PreconditionFailed();
      if (proof) requireCurrent(proof, user);
      return this.apply(user, changesOf(user, request, hash), own?.sessionId);
    });
    this.sessions.changed(id);
    return updated;
  }

  private async hashed(
    id: string,
    password: string,
    { email, name }: UpdateUserRequest,
  ): Promise<string> {
    const user = await this.users.byId(id);
    await this.rules.enforce(password, {
      email: email ?? typedEmail(user),
      name: name ?? user.name,
    });
    return this.passwords.hash(password);
  }

  private async confirm(
    own: SignedInUser,
    ip: string,
    { email, password, current_password }: UpdateUserRequest,
  ): Promise<ConfirmedProof | undefined> {
    if (email === undefined && password === undefined) return undefined;
    const purpose = 'to change e-mail or password';
    return this.owner.prove(own, { password: current_password, ip, purpose });
  }

  private async apply(user: User, changes: Changes, ownSession: string | undefined): Promise<User> {
    const fields = Object.keys(changes).filter((field) => field !== 'email_as_typed');
    if (fields.length === 0) return user;
    const demoted = changes.role === 'user' || changes.status === 'suspended';
    if (demoted) await ensureAnotherSuperuser(this.users, user);
    const moved = changes.email !== undefined && emailKey(changes.email) !== emailKey(user.email);
    const endsSessions = 'password_hash' in changes || 'status' in changes || 'role' in changes;
    const updated = changed(user, {
      ...changes,
      ...(moved && { email_verified: false }),
      ...(endsSessions && { credentials_version: user.credentials_version + 1 }),
    });
    // A password change keeps the current session; a change of status or role ends all sessions.
    const onlyPassword = !('status' in changes) && !('role' in changes);
    await this.database.commit(
      this.users.update(user, updated),
      endsSessions ? await this.endSessions(updated, onlyPassword ? ownSession : undefined) : [],
      ...this.endOfTokens(user, { moved, password: 'password_hash' in changes }),
      ...this.records(user, changes, fields),
      ...(moved ? this.announcements(user) : []),
    );
    return updated;
  }

  private async endSessions(user: User, except?: string): Promise<Write[]> {
    const ended = await this.sessions.end(user, except);
    return except === undefined
      ? ended
      : [...ended, this.sessions.carryOver(except, user.credentials_version)];
  }

  /**
   * A new address invalidates all tokens mailed to the old one; a new password invalidates reset
   * tokens.
   */
  private endOfTokens({ id }: User, changes: { moved: boolean; password: boolean }): Write[] {
    if (changes.moved) return [this.tokens.end(id)];
    return changes.password ? [this.tokens.end(id, 'password_reset')] : [];
  }

  /** The new address needs confirmation, and the old one gets a notice. */
  private announcements({ id, email, email_verified: confirmed }: User): Write[] {
    const token = this.tokens.tokenFor(id, 'verify_email');
    return [
      this.tokens.insertion(token),
      this.mails.insertion({ template: 'verify_email', user_id: id, token_id: token.id }),
      this.mails.insertion({
        template: 'email_changed',
        user_id: id,
        to: email,
        ...(!confirmed && { unconfirmed: true }),
      }),
    ];
  }

  /** Audit details of a change: each kind, and the fields. */
  private records(user: User, changes: Changes, fields: string[]): Write[] {
    const targetId = user.id;
    const { status, role } = changes;
    const entries: (AuditEntry | false | undefined)[] = [
      status && {
        action: 'user.status-changed',
        targetId,
        details: { from: user.status, to: status },
      },
      role && { action: 'user.role-changed', targetId, details: { from: user.role, to: role } },
      'email' in changes && { action: 'user.email-changed', targetId },
      'password_hash' in changes && { action: 'user.password-changed', targetId },
      {
        action: 'user.updated',
        targetId,
        details: { fields: fields.map((field) => field.replace('_hash', '')) },
      },
    ];
    return entries.flatMap((entry) => (entry ? [this.audit.insertion(entry)] : []));
  }
}

function changesOf(
  user: User,
  { name, email, locale, status, role }: UpdateUserRequest,
  hash: string | undefined,
): Changes {
  const wanted = { name, locale, status, role, password_hash: hash };
  const differing = Object.entries(wanted).filter(
    ([field, value]) => value !== undefined && value !== user[field as keyof typeof wanted],
  );
  const address = email !== undefined && email !== typedEmail(user) && storedEmail(email);
  return { ...Object.fromEntries(differing), ...address };
}
