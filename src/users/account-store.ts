import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

import { Database } from '../database/database.js';
import { type Faults, GroupCommit } from '../database/group-commit.js';
import { runPrepared } from '../database/prepared.js';
import { together } from '../database/statement.js';
import { type MailJob, MailQueue } from '../email/mail-queue.js';
import { type AuditRecord, auditRecord, auditStatement } from './audit-log.js';
import { MailedTokens, type NewToken, tokenStatement } from './mailed-tokens.js';
import { creation } from './new-user.js';
import { EmailTaken } from './user.errors.js';
import type { User } from './user.entity.js';
import { UsersRepository } from './users.repository.js';

/** What is to be committed together with a user, or not at all. */
export type Alongside<Subject extends unknown[] = []> = (
  manager: EntityManager,
  ...subject: Subject
) => Promise<void>;

/** All that is committed for a new user. */
interface Account {
  readonly user: User;
  readonly record: AuditRecord;
  readonly token: NewToken;
  readonly mail: MailJob;
}

/** Stores new users: the row, its audit record, its welcome mail and the token in it, or nothing of it. */
@Injectable()
export class AccountStore {
  private readonly group: GroupCommit<Account>;

  constructor(
    database: Database,
    private readonly users: UsersRepository,
    private readonly tokens: MailedTokens,
    private readonly mails: MailQueue,
  ) {
    this.group = new GroupCommit(database, (manager, accounts) => this.insert(manager, accounts));
  }

  /**
   * Stores a user; sign-ups of the same moment share a transaction.
   * @param alongside is committed with it, and makes the transaction its own.
   * @throws EmailTaken, DependencyUnavailable
   */
  async store(user: User, alongside?: Alongside<[User]>): Promise<void> {
    const account = this.accountOf(user);
    return alongside === undefined
      ? this.group.add(account)
      : this.group.addAlone(account, (manager) => alongside(manager, user));
  }

  /** Made where the request is at hand: the record and the mail carry its traces. */
  private accountOf(user: User): Account {
    const token = this.tokens.first(user.id, 'verify_email');
    return {
      user,
      record: auditRecord(creation(user)),
      token,
      mail: this.mails.job({ template: 'welcome', user_id: user.id, token_id: token.id }),
    };
  }

  private async insert(manager: EntityManager, accounts: readonly Account[]): Promise<Faults> {
    const users = accounts.map(({ user }) => user);
    const inserted = await this.users.insertNew(manager, users);
    const stored = accounts.filter(({ user }) => inserted.has(user.id));
    if (stored.length > 0) {
      const column = <Name extends keyof Account>(name: Name) =>
        stored.map((account) => account[name]);
      await runPrepared(
        manager,
        together([auditStatement(column('record')), tokenStatement(column('token'))]),
      );
      await this.mails.insert(manager, column('mail'));
    }
    return users.map(({ id }) => (inserted.has(id) ? undefined : new EmailTaken()));
  }
}
