import { Injectable } from '@nestjs/common';
import { trace } from '@opentelemetry/api';

import { type AuditRecord, auditRecord, auditStatement } from '../../platform/audit/audit-log.js';
import { Database } from '../../platform/database/database.js';
import type { Alongside } from '../../platform/database/statements/alongside.js';
import { GroupCommit } from '../../platform/database/statements/group-commit.js';
import { runIn } from '../../platform/database/statements/prepared.js';
import { type RunStatement, together } from '../../platform/database/statements/statement.js';
import { type MailJob, MailQueue } from '../../platform/mail/mail-queue.js';
import { Traced } from '../../platform/observability/tracing/traced.decorator.js';
import { MailedTokens, type NewToken, tokenStatement } from '../credentials/mailed-tokens.js';
import type { User } from '../users/user.entity.js';
import { emailTakenOr, usersStatement } from '../users/users.repository.js';
import { creation } from './new-user.js';

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
    private readonly database: Database,
    private readonly tokens: MailedTokens,
    private readonly mails: MailQueue,
  ) {
    this.group = new GroupCommit((accounts, lockTimeoutMs) =>
      database.guard(() =>
        this.insert((statement) => database.write(statement), accounts, lockTimeoutMs),
      ),
    );
  }

  /**
   * Stores a user; sign-ups of the same moment share a statement.
   * @param alongside is committed with it, in a transaction of its own.
   * @throws EmailTaken, DependencyUnavailable
   */
  @Traced('user_service.save_user', { 'db.operation': 'INSERT', 'db.table': 'users' })
  async store(user: User, alongside?: Alongside<[User]>): Promise<void> {
    trace.getActiveSpan()?.setAttribute('db.record_id', user.id);
    const account = this.accountOf(user);
    if (alongside === undefined) return this.group.add(account);
    await this.database.transaction(async (manager) => {
      await this.insert(runIn(manager), [account]);
      await alongside(manager, user);
    });
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

  /** Everything by one statement: the job's, with the others before it. @throws EmailTaken */
  private async insert(
    run: RunStatement,
    accounts: readonly Account[],
    lockTimeoutMs?: number,
  ): Promise<void> {
    const column = <Name extends keyof Account>(name: Name) =>
      accounts.map((account) => account[name]);
    const rows = [
      usersStatement(column('user'), lockTimeoutMs),
      auditStatement(column('record')),
      tokenStatement(column('token')),
    ];
    try {
      await this.mails.insert((job) => run(together([...rows, job])), column('mail'));
    } catch (error) {
      throw emailTakenOr(error);
    }
  }
}
