import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

import { type AuditEntry, AuditLog } from '../../platform/audit/audit-log.js';
import {
  emailKey,
  storedEmail,
  type StoredEmail,
  typedEmail,
} from '../../platform/common/email-address.js';
import type { SignedInUser } from '../../platform/common/principal.js';
import { currentRequest } from '../../platform/common/request-context.js';
import { Database } from '../../platform/database/database.js';
import type { Write } from '../../platform/database/transactions/write.js';
import { PreconditionFailed, RequestInvalid } from '../../platform/problems/problem.js';
import type { Precondition } from '../../platform/routes/preconditions.js';
import { MailQueue } from '../../platform/mail/mail-queue.js';
import { MailedTokens } from '../credentials/mailed-tokens/mailed-tokens.js';
import { PasswordCheck, type ProvenAccount } from '../credentials/passwords/password-check.js';
import { PasswordHasher } from '../credentials/passwords/password-hasher.js';
import { PasswordRules } from '../credentials/passwords/password-rules.js';
import { UserSessions } from '../users/user-sessions.js';
import type { User } from '../users/user.entity.js';
import { InvalidCredentials } from '../users/user.errors.js';
import { UsersRepository } from '../users/users.repository.js';
import { ensureAnotherSuperuser } from './last-superuser.js';
import type { UpdateUserRequest } from './profile.schemas.js';

/** What a request comes to for the user as it is now. */
type Changes = Partial<Pick<User, 'name' | 'password_hash' | 'status' | 'role'> & StoredEmail>;

/** Changes of users, with all that follows from each. Whether the caller may is decided before. */
@Injectable()
export class UserUpdates {
  constructor(
    private readonly database: Database,
    private readonly users: UsersRepository,
    private readonly check: PasswordCheck,
    private readonly passwords: PasswordHasher,
    private readonly rules: PasswordRules,
    private readonly audit: AuditLog,
    private readonly tokens: MailedTokens,
    private readonly mails: MailQueue,
    private readonly sessions: UserSessions,
  ) {}

  /**
   * Changes a user, unless it has changed since the client read it. One's own address or password
   * needs the current password.
   * @throws UserNotFound, PreconditionFailed, RequestInvalid, InvalidCredentials, EmailTaken, LastSuperuser
   */
  async update(id: string, request: UpdateUserRequest, precondition: Precondition): Promise<User> {
    const own = ownerOf(id);
    const proof = own && (await this.confirm(own, request));
    // Hashed outside the transaction: it takes longer than all the rest.
    const hash = request.password && (await this.hashed(id, request.password, request));
    const changed = await this.database.transaction(async (manager) => {
      const user = await this.users.lock(manager, id);
      if (precondition?.(`"${user.version}"`) === false) throw new PreconditionFailed();
      if (proof && proof.credentialsVersion !== user.credentials_version)
        throw new InvalidCredentials();
      return this.apply(manager, user, changesOf(user, request, hash), own?.sessionId);
    });
    this.sessions.changed(id);
    return changed;
  }

  private async hashed(
    id: string,
    password: string,
    { email, name }: UpdateUserRequest,
  ): Promise<string> {
    const user = await this.users.byId(id);
    this.rules.check(password, { email: email ?? typedEmail(user), name: name ?? user.name });
    return this.passwords.hash(password);
  }

  private async confirm(
    { userId, sessionId }: SignedInUser,
    { email, password, current_password }: UpdateUserRequest,
  ): Promise<ProvenAccount | undefined> {
    if (email === undefined && password === undefined) return undefined;
    if (current_password === undefined)
      throw new RequestInvalid([
        { pointer: '/current_password', detail: 'is needed to change e-mail or password' },
      ]);
    const user = await this.users.byId(userId);
    // The device of a live session is judged by its own failures: guessing elsewhere is not its own.
    const deviceId = await this.database.read((manager) =>
      this.sessions.deviceOf(manager, sessionId),
    );
    return this.check.prove({
      email: user.email,
      password: current_password,
      ...(deviceId !== undefined && { device: { id: deviceId, userId } }),
    });
  }

  private async apply(
    manager: EntityManager,
    user: User,
    changes: Changes,
    ownSession: string | undefined,
  ): Promise<User> {
    const fields = Object.keys(changes).filter((field) => field !== 'email_as_typed');
    if (fields.length === 0) return user;
    const demoted = changes.role === 'user' || changes.status === 'suspended';
    if (demoted) await ensureAnotherSuperuser(manager, user);
    const moved = changes.email !== undefined && emailKey(changes.email) !== emailKey(user.email);
    const endsSessions = 'password_hash' in changes || 'status' in changes || 'role' in changes;
    const updated = await this.users.update(manager, user, {
      ...changes,
      ...(moved && { email_verified: false }),
      ...(endsSessions && { credentials_version: user.credentials_version + 1 }),
    });
    // Who changes the password stays signed in; another status or role ends every session.
    const onlyPassword = !('status' in changes) && !('role' in changes);
    if (endsSessions)
      await this.endSessions(manager, updated, onlyPassword ? ownSession : undefined);
    if (moved) await this.announceMove(manager, user);
    if ('password_hash' in changes) await this.tokens.end(manager, user.id, 'password_reset');
    await this.database.commit(...this.records(user, changes, fields));
    return updated;
  }

  private async endSessions(manager: EntityManager, user: User, except?: string): Promise<void> {
    await this.sessions.end(manager, user.id, except);
    if (except !== undefined)
      await this.sessions.carryOver(manager, except, user.credentials_version);
  }

  /** The new address has to be confirmed, and the old one learns of it; its tokens end. */
  private async announceMove(
    manager: EntityManager,
    { id, email, email_verified: confirmed }: User,
  ): Promise<void> {
    await this.tokens.end(manager, id);
    const tokenId = await this.tokens.create(manager, id, 'verify_email');
    await this.database.commit(
      this.mails.insertion({ template: 'verify_email', user_id: id, token_id: tokenId }),
      this.mails.insertion({
        template: 'email_changed',
        user_id: id,
        to: email,
        ...(!confirmed && { unconfirmed: true }),
      }),
    );
  }

  /** What the audit log says of a change: each kind of it, and the fields. */
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

/** The caller, when it is the user the change is about. */
function ownerOf(id: string): SignedInUser | undefined {
  const principal = currentRequest()?.principal;
  return principal?.kind === 'user' && principal.userId === id ? principal : undefined;
}

function changesOf(
  user: User,
  { name, email, status, role }: UpdateUserRequest,
  hash: string | undefined,
): Changes {
  const wanted = { name, status, role, password_hash: hash };
  const changed = Object.entries(wanted).filter(
    ([field, value]) => value !== undefined && value !== user[field as keyof typeof wanted],
  );
  const address = email !== undefined && email !== typedEmail(user) && storedEmail(email);
  return { ...Object.fromEntries(changed), ...address };
}
