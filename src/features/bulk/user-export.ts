import { Injectable } from '@nestjs/common';

import { AuditLog } from '../../platform/audit/audit-log.js';
import { Database } from '../../platform/database/database.js';
import { Workers } from '../../platform/workers/workers.service.js';
import type { User } from '../users/user.entity.js';
import type { BulkFormat } from './format/bulk-format.js';
import { bulkTasks } from './bulk-tasks.js';
import { bulkColumns } from './format/bulk-user.js';

const PAGE = 1000;

export interface ExportOptions {
  readonly format: BulkFormat;
  /** Password hashes are exported only on request. */
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
    private readonly workers: Workers,
  ) {}

  /** Text of the file, in pieces, oldest users first. @throws ThreadLost, DependencyUnavailable */
  async *run({ format, withHashes, onProgress }: ExportOptions): AsyncGenerator<string> {
    await this.database.commit(
      this.audit.insertion({ action: 'users.exported', details: { hashes: withHashes } }),
    );
    const columns = bulkColumns.filter((name) => withHashes || name !== 'password_hash');
    if (format === 'csv') yield `${columns.join(',')}\n`;
    let exported = 0;
    for (let last = NIL; ;) {
      const page = await this.after(last);
      const end = page.at(-1);
      if (end === undefined) return;
      last = end.id;
      yield await this.workers.submitCpuTask(bulkTasks.writeUsers, {
        format,
        columns,
        users: page,
      });
      exported += page.length;
      onProgress(exported);
    }
  }

  private after(id: string): Promise<User[]> {
    return this.database.read((manager) =>
      manager.query<User[]>(
        `SELECT * FROM public.users WHERE deleted_at IS NULL AND id > $1 ORDER BY id LIMIT ${PAGE}`,
        [id],
      ),
    );
  }
}

/** Below every UUIDv7. */
const NIL = '00000000-0000-0000-0000-000000000000';
