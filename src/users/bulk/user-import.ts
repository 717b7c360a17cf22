import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

import { Database } from '../../database/database.js';
import { AuditLog } from '../audit-log.js';
import type { User } from '../user.entity.js';
import { type BulkFormat, decoderOf } from './bulk-format.js';
import { toUser } from './bulk-user.js';
import { lineBatches } from './numbered-lines.js';

/** Rows per transaction: few round trips, and no lock held for long. */
const BATCH = 1000;

/** What became of the lines of a file. */
export interface ImportSummary {
  read: number;
  imported: number;
  /** Their address belongs to a living user, of this import or an earlier one. */
  skipped: number;
  rejected: number;
}

/** A line that is no user, and why; it names no value of the line. */
export interface Rejection {
  readonly line: number;
  readonly reason: string;
}

export interface ImportOptions {
  readonly format: BulkFormat;
  readonly dryRun: boolean;
  readonly onRejection: (rejection: Rejection) => void;
  /** After each batch. */
  readonly onProgress: (summary: Readonly<ImportSummary>) => void;
}

type Store = (users: readonly User[]) => Promise<number>;

/**
 * Brings users in from a file, batch by batch in constant memory. Each batch is committed as a
 * whole, and addresses that exist are skipped: an import that was cut off is simply run again.
 */
@Injectable()
export class UserImport {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
  ) {}

  /** @throws UnreadableFile, DependencyUnavailable */
  async run(input: AsyncIterable<Buffer>, options: ImportOptions): Promise<ImportSummary> {
    if (!options.dryRun) return importAll(input, options, (users) => this.insert(users));
    return this.database.transaction(async (manager) => {
      await prepareRehearsal(manager);
      return importAll(input, options, (users) => rehearse(manager, users));
    });
  }

  private async insert(users: readonly User[]): Promise<number> {
    return this.database.transaction(async (manager) => {
      const inserted = await insertUsers(manager, users);
      await this.audit.recordAll(
        manager,
        'user.created',
        users
          .filter(({ id }) => inserted.has(id))
          .map(({ id, source, tier, role }) => ({
            targetId: id,
            details: { source, tier, role, imported: true },
          })),
      );
      return inserted.size;
    });
  }
}

async function importAll(
  input: AsyncIterable<Buffer>,
  { format, onRejection, onProgress }: ImportOptions,
  store: Store,
): Promise<ImportSummary> {
  const summary = { read: 0, imported: 0, skipped: 0, rejected: 0 };
  const decode = decoderOf(format);
  for await (const lines of lineBatches(input, BATCH)) {
    const records = decode(lines);
    const users: User[] = [];
    for (const decoded of records) {
      const user = 'fault' in decoded ? decoded : toUser(decoded.record);
      if ('fault' in user) onRejection({ line: decoded.line, reason: user.fault });
      else users.push(user);
    }
    // One order for all imports, so that two at once wait for each other instead of deadlocking.
    const ordered = users.toSorted((a, b) =>
      a.email.toLowerCase() < b.email.toLowerCase() ? -1 : 1,
    );
    const imported = users.length > 0 ? await store(ordered) : 0;
    summary.read += records.length;
    summary.rejected += records.length - users.length;
    summary.imported += imported;
    summary.skipped += users.length - imported;
    onProgress(summary);
  }
  return summary;
}

/** @returns the ids that were new. */
async function insertUsers(manager: EntityManager, users: readonly User[]): Promise<Set<string>> {
  const column = <Name extends keyof User>(name: Name) => users.map((user) => user[name]);
  const rows = await manager.query<{ id: string }[]>(
    `INSERT INTO users (id, email, name, password_hash, status, role, tier, source,
                        email_verified, created_at, updated_at)
     SELECT * FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[],
                          $7::text[], $8::text[], $9::boolean[], $10::timestamptz[], $11::timestamptz[])
     ON CONFLICT (lower(email)) WHERE deleted_at IS NULL DO NOTHING
     RETURNING id`,
    [
      column('id'),
      column('email'),
      column('name'),
      column('password_hash'),
      column('status'),
      column('role'),
      column('tier'),
      column('source'),
      column('email_verified'),
      column('created_at'),
      column('updated_at'),
    ],
  );
  return new Set(rows.map(({ id }) => id));
}

/** A dry run notes addresses in a table of its own, so that it locks nothing and tells doubles. */
async function prepareRehearsal(manager: EntityManager): Promise<void> {
  // The transaction waits for the file, however slowly it comes.
  await manager.query('SET LOCAL idle_in_transaction_session_timeout = 0');
  await manager.query('CREATE TEMP TABLE rehearsed (email text PRIMARY KEY) ON COMMIT DROP');
}

/** @returns how many users would be new. */
async function rehearse(manager: EntityManager, users: readonly User[]): Promise<number> {
  const rows = await manager.query<unknown[]>(
    `INSERT INTO rehearsed
     SELECT lower(given.email) FROM unnest($1::text[]) AS given (email)
      WHERE NOT EXISTS (SELECT FROM users
                         WHERE lower(users.email) = lower(given.email) AND deleted_at IS NULL)
     ON CONFLICT DO NOTHING RETURNING 1`,
    [users.map(({ email }) => email)],
  );
  return rows.length;
}
