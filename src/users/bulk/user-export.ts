import { Injectable } from '@nestjs/common';

import { Database } from '../../database/database.js';
import { AuditLog } from '../audit-log.js';
import type { User } from '../user.entity.js';
import { type BulkFormat, encode } from './bulk-format.js';
import { bulkColumns } from './bulk-user.js';

const PAGE = 1000;

export interface ExportOptions {
  readonly format: BulkFormat;
  /** Password hashes leave only on request. */
  readonly withHashes: boolean;
  /** After each page, with the number of users so far. */
  readonly onProgress: (exported: number) => void;
}

/** Writes living users in the form that an import reads, page by page in constant memory. */
@Injectable()
export class UserExport {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
  ) {}

  /** Text of the file, in pieces, oldest users first. @throws DependencyUnavailable */
  async *run({ format, withHashes, onProgress }: ExportOptions): AsyncGenerator<string> {
    await this.database.transaction((manager) =>
      this.audit.record(manager, { action: 'users.exported', details: { hashes: withHashes } }),
    );
    const columns = bulkColumns.filter((name) => withHashes || name !== 'password_hash');
    if (format === 'csv') yield `${columns.join(',')}\n`;
    let exported = 0;
    for (let last = NIL; ;) {
      const page = await this.after(last);
      const end = page.at(-1);
      if (end === undefined) return;
      last = end.id;
      yield encode(
        format,
        columns,
        page.map((user) => ({ ...user, created_at: user.created_at.toISOString() })),
      );
      exported += page.length;
      onProgress(exported);
    }
  }

  private after(id: string): Promise<User[]> {
    return this.database.read((manager) =>
      manager.query<User[]>(
        `SELECT * FROM users WHERE deleted_at IS NULL AND id > $1 ORDER BY id LIMIT ${PAGE}`,
        [id],
      ),
    );
  }
}

/** Below every UUIDv7. */
const NIL = '00000000-0000-0000-0000-000000000000';
