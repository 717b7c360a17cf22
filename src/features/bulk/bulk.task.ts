import { type StoredEmail, typedEmail } from '../../platform/common/email-address.js';
import {
  type Batch,
  type BulkFormat,
  decode,
  encode,
  UnreadableFile,
} from './format/bulk-format.js';
import { type BulkColumn, type BulkUser, toUser } from './format/bulk-user.js';

// Runs in a worker thread: it may load only what .dependency-cruiser.cjs lists.

/** An invalid record with its reason, without values. */
export interface Rejection {
  readonly number: number;
  readonly reason: string;
}

/** The records of a batch as users. */
export interface ReadBatch {
  readonly columns: readonly string[];
  readonly users: readonly BulkUser[];
  readonly rejections: readonly Rejection[];
}

/** Parses and validates a batch of records. Errors lose their class between threads: data instead. */
export function readUsers(batch: Batch): ReadBatch | { readonly unreadable: string } {
  try {
    const { columns, records } = decode(batch);
    const users: BulkUser[] = [];
    const rejections: Rejection[] = [];
    for (const decoded of records) {
      const user = 'fault' in decoded ? decoded : toUser(decoded.fields);
      if ('fault' in user) rejections.push({ number: decoded.number, reason: user.fault });
      else users.push(user);
    }
    return { columns, users, rejections };
  } catch (error) {
    if (error instanceof UnreadableFile) return { unreadable: error.message };
    throw error;
  }
}

/** Writes a page of users as text of a file. */
export function writeUsers({
  format,
  columns,
  users,
}: {
  readonly format: BulkFormat;
  readonly columns: readonly BulkColumn[];
  readonly users: readonly Readonly<Record<BulkColumn, unknown> & StoredEmail>[];
}): string {
  return encode(
    format,
    columns,
    users.map((user) => ({
      ...user,
      email: typedEmail(user),
      created_at: (user['created_at'] as Date).toISOString(),
    })),
  );
}
