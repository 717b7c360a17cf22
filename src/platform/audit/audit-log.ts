import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';

import type { Statement } from '../database/statements/statement.js';
import { type Write, type WriteKind, writeOf } from '../database/transactions/write.js';
import type { Principal } from '../common/request/principal.js';
import type { AuditAction } from '../declarations/audit-actions.js';
import { currentRequest } from '../common/request/request-context.js';

export interface AuditEntry {
  readonly action: AuditAction;
  /** The affected user, if any. */
  readonly targetId?: string | undefined;
  /** Names of fields, old and new states: no addresses, no secrets. */
  readonly details?: Readonly<Record<string, string | string[] | number | boolean>>;
}

/** An action with its actor; a row of the audit log. */
interface AuditRecord {
  readonly id: string;
  readonly action: AuditAction;
  readonly actorKind: Principal['kind'] | 'system';
  readonly actorId: string | null;
  readonly targetId: string | null;
  readonly ip: string | null;
  readonly requestId: string | null;
  readonly details: string;
}

const INSERT = `
  INSERT INTO public.audit_log (id, action, actor_kind, actor_id, target_id, ip, request_id, details)
  SELECT * FROM unnest($1::uuid[], $2::text[], $3::text[], $4::uuid[], $5::uuid[], $6::inet[],
                       $7::text[], $8::jsonb[])`;

/** Never waits for a lock: ids are new. */
const auditRecords: WriteKind<AuditRecord> = {
  name: 'audit',
  store: (run, records) => run(auditStatement(records)),
};

function auditStatement(records: readonly AuditRecord[]): Statement {
  return {
    text: INSERT,
    values: [
      records.map(({ id }) => id),
      records.map(({ action }) => action),
      records.map(({ actorKind }) => actorKind),
      records.map(({ actorId }) => actorId),
      records.map(({ targetId }) => targetId),
      records.map(({ ip }) => ip),
      records.map(({ requestId }) => requestId),
      records.map(({ details }) => details),
    ],
  };
}

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
      actorKind: principal?.kind ?? 'system',
      actorId: principal?.kind === 'user' ? principal.userId : null,
      targetId: targetId ?? null,
      ip: request?.ip ?? null,
      requestId: request?.requestId ?? null,
      details: JSON.stringify(details),
    });
  }
}
