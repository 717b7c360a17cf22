import { Inject, Injectable } from '@nestjs/common';
import type { ConfigType } from '@nestjs/config';
import type { EntityManager } from 'typeorm';

import { AuditLog } from '../../platform/audit/audit-log.js';
import { emailKey } from '../../platform/common/email-address.js';
import { brandingConfig } from '../../platform/branding/branding.config.js';
import { Database, LONG_STATEMENT } from '../../platform/database/database.js';
import type { Write } from '../../platform/database/transactions/write.js';
import { Workers } from '../../platform/workers/workers.service.js';
import { creation } from '../sign-up/new-user.js';
import { EMAIL_KEY } from '../users/fields/email-key.js';
import type { NewUser } from '../users/user-writes.js';
import { UsersRepository } from '../users/users.repository.js';
import { type BulkFormat, UnreadableFile } from './format/bulk-format.js';
import { bulkTasks } from './bulk-tasks.js';
import type { BulkUser } from './format/bulk-user.js';
import type { ReadBatch, Rejection } from './bulk.task.js';
import { recordBatches } from './format/record-batches.js';

/** Rows per transaction: few round trips, no lock held for long, and a peak of memory below 200 MB. */
const BATCH = 250;

/**
 * Without statistics the planner expects few users, and the look-up of a session reads all active ones until PostgreSQL
 * analyses the table by itself, up to a minute later. Its sample of 30,000 rows may take a slow disk longer than the
 * limit of requests allows. An import does not wait for a vacuum or an index build.
 */
const ANALYZE = 'ANALYZE (SKIP_LOCKED) public.users';

export interface ImportSummary {
  read: number;
  imported: number;
  /** Their address belongs to an existing user, from this import or an earlier one. */
  skipped: number;
  rejected: number;
}

export interface ImportOptions {
  readonly format: BulkFormat;
  readonly dryRun: boolean;
  /** Awaited: a slow receiver slows the import down. */
  readonly onRejection: (rejection: Rejection) => Promise<void>;
  readonly onProgress: (summary: Readonly<ImportSummary>) => void;
}

type Store = (users: readonly BulkUser[]) => Promise<number>;

/**
 * Imports users from a file, batch by batch in constant memory. Each batch is committed as a whole,
 * and existing addresses are skipped, so an interrupted import can be repeated.
 */
@Injectable()
export class UserImport {
  constructor(
    private readonly database: Database,
    private readonly users: UsersRepository,
    private readonly audit: AuditLog,
    private readonly workers: Workers,
    @Inject(brandingConfig.KEY) private readonly branding: ConfigType<typeof brandingConfig>,
  ) {}

  /** @throws UnreadableFile, ThreadLost, DependencyUnavailable */
  async run(input: AsyncIterable<Buffer>, options: ImportOptions): Promise<ImportSummary> {
    const batches = this.read(input, options.format);
    if (!options.dryRun) {
      const summary = await storeAll(batches, options, (users) => this.insert(users));
      await this.database.transaction((manager) => manager.query(ANALYZE), LONG_STATEMENT);
      return summary;
    }
    return this.database.transaction(
      async (manager) => {
        await prepareDryRun(manager);
        return storeAll(batches, options, (users) => dryRunBatch(manager, users));
      },
      { once: true },
    );
  }

  /** Parses batch by batch, on a thread. @throws UnreadableFile, ThreadLost */
  private async *read(input: AsyncIterable<Buffer>, format: BulkFormat): AsyncGenerator<ReadBatch> {
    let columns: readonly string[] | undefined;
    for await (const records of recordBatches(input, format, BATCH)) {
      const batch = await this.workers.submitCpuTask(bulkTasks.readUsers, {
        format,
        records,
        columns,
      });
      if ('unreadable' in batch) throw new UnreadableFile(batch.unreadable);
      columns ??= batch.columns;
      yield batch;
    }
  }

  private async insert(read: readonly BulkUser[]): Promise<number> {
    const users = read.map((user) => ({ ...user, locale: this.branding.defaultLocale }));
    return this.database.transaction(async () => {
      const inserted = await this.users.insertNew(users);
      const stored = users.filter(({ id }) => inserted.has(id));
      await this.database.commit(...stored.map((user) => this.record(user)));
      return inserted.size;
    });
  }

  private record(user: NewUser): Write {
    const { details, ...entry } = creation(user);
    return this.audit.insertion({ ...entry, details: { ...details, imported: true } });
  }
}

async function storeAll(
  batches: AsyncIterable<ReadBatch>,
  { onRejection, onProgress }: ImportOptions,
  store: Store,
): Promise<ImportSummary> {
  const summary = { read: 0, imported: 0, skipped: 0, rejected: 0 };
  for await (const { users, rejections } of batches) {
    for (const rejection of rejections) await onRejection(rejection);
    const imported = users.length > 0 ? await store(users) : 0;
    summary.read += users.length + rejections.length;
    summary.rejected += rejections.length;
    summary.imported += imported;
    summary.skipped += users.length - imported;
    onProgress(summary);
  }
  return summary;
}

/** A dry run collects addresses in a separate table, to find duplicates without locks. */
async function prepareDryRun(manager: EntityManager): Promise<void> {
  // The transaction waits for the file.
  await manager.query('SET LOCAL idle_in_transaction_session_timeout = 0');
  await manager.query(
    'CREATE TEMP TABLE rehearsed (email_key text COLLATE "C" PRIMARY KEY) ON COMMIT DROP',
  );
}

/** @returns the number of new users. */
async function dryRunBatch(manager: EntityManager, users: readonly BulkUser[]): Promise<number> {
  const rows = await manager.query<unknown[]>(
    `INSERT INTO rehearsed
     SELECT given.key FROM unnest($1::text[]) AS given (key)
      WHERE NOT EXISTS (SELECT FROM public.users WHERE ${EMAIL_KEY} = given.key AND deleted_at IS NULL)
     ON CONFLICT DO NOTHING RETURNING 1`,
    [users.map(({ email }) => emailKey(email))],
  );
  return rows.length;
}
