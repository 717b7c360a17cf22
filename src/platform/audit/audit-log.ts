import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';

import { columnsOf, type Write, type WriteKind, writeOf } from '../database/transactions/write.js';
import type { AuditAction } from '../declarations/audit-actions.js';
import { idOf } from '../common/request/principal.js';
import { currentRequest } from '../common/request/request-context.js';
import type { AuditRecord } from './audit-record.entity.js';

export interface AuditEntry {
  readonly action: AuditAction;
  /** The affected user or API key, if any. */
  readonly targetId?: string | undefined;
  /** Names of fields, old and new states: no addresses, no secrets. */
  readonly details?: Readonly<Record<string, string | string[] | number | boolean>>;
}

/** A row that is not stored yet; its details are text. */
type NewRecord = Omit<AuditRecord, 'at' | 'details'> & { readonly details: string };

const COLUMNS = [
  'id',
  'action',
  'actor_kind',
  'actor_id',
  'target_id',
  'ip',
  'request_id',
  'details',
] as const;
const INSERT = `
  INSERT INTO public.audit_log (${COLUMNS.join(', ')})
  SELECT * FROM unnest($1::uuid[], $2::text[], $3::text[], $4::uuid[], $5::uuid[], $6::inet[],
                       $7::text[], $8::jsonb[])`;

/** Never waits for a lock: ids are new. */
const auditRecords: WriteKind<NewRecord> = {
  name: 'audit',
  store: (run, records) => run({ text: INSERT, values: columnsOf(records, COLUMNS) }),
};

/** The append-only record of security-relevant actions, committed with the action. */
@Injectable()
export class AuditLog {
  /** The record of an action; actor, address and request id are those of the current request. */
  insertion({ action, targetId, details = {} }: AuditEntry): Write {
    const request = currentRequest();
    const principal = request?.principal;
    return writeOf(auditRecords, {
      id: uuidv7(),
      action,
      actor_kind: principal?.kind ?? 'system',
      actor_id: (principal && idOf(principal)) ?? null,
      target_id: targetId ?? null,
      ip: request?.ip ?? null,
      request_id: request?.requestId ?? null,
      details: JSON.stringify(details),
    });
  }
}
