import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';

import { runPrepared } from '../database/prepared.js';
import { currentRequest } from '../common/request-context.js';

/** Acts that the audit log knows. */
export const auditActions = [
  'user.created',
  'user.sign-up-repeated',
  'user.exported',
  'users.exported',
  'user.updated',
  'user.status-changed',
  'user.role-changed',
  'user.email-changed',
  'user.email-verified',
  'user.password-changed',
  'user.password-reset',
  'user.password-rehashed',
  'user.tier-changed',
  'user.deleted',
  'user.erased',
  'auth.signed-in',
  'auth.signed-out',
  'auth.password-refused',
  'auth.refresh-reused',
  'auth.session-revoked',
  'auth.sessions-revoked',
  'auth.verification-requested',
  'auth.password-reset-requested',
  'log-level.returned',
  'payment.requested',
  'payment.declined',
  'payment.not-charged',
  'payment.orphaned',
  'log-level.changed',
  'faults.begun',
  'faults.ended',
] as const;
export type AuditAction = (typeof auditActions)[number];

export interface AuditEntry {
  readonly action: AuditAction;
  /** The user it was done to, if it was done to one. */
  readonly targetId?: string | undefined;
  /** Names of fields, old and new states: no addresses, no secrets. */
  readonly details?: Readonly<Record<string, string | string[] | number | boolean>>;
}

const INSERT = `
  INSERT INTO audit_log (id, action, actor_kind, actor_id, target_id, ip, request_id, details)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`;

/** The append-only record of security-relevant acts, written in the transaction of the act. */
@Injectable()
export class AuditLog {
  /** Records an act; actor, address and request id are those of the current request. */
  async record(
    manager: EntityManager,
    { action, targetId, details = {} }: AuditEntry,
  ): Promise<void> {
    const request = currentRequest();
    const principal = request?.principal;
    await runPrepared(manager, INSERT, [
      uuidv7(),
      action,
      principal?.kind ?? 'system',
      principal?.kind === 'user' ? principal.userId : null,
      targetId ?? null,
      request?.ip ?? null,
      request?.requestId ?? null,
      details,
    ]);
  }

  /** Records the same act done to many users at once, such as an import. */
  async recordAll(
    manager: EntityManager,
    action: AuditAction,
    entries: readonly Pick<AuditEntry, 'details' | 'targetId'>[],
  ): Promise<void> {
    const request = currentRequest();
    await manager.query(
      `INSERT INTO audit_log (id, action, actor_kind, request_id, target_id, details)
       SELECT entry.id, $1, $2, $3, entry.target_id, entry.details
         FROM unnest($4::uuid[], $5::uuid[], $6::jsonb[]) AS entry (id, target_id, details)`,
      [
        action,
        request?.principal.kind ?? 'system',
        request?.requestId ?? null,
        entries.map(() => uuidv7()),
        entries.map(({ targetId }) => targetId),
        entries.map(({ details = {} }) => JSON.stringify(details)),
      ],
    );
  }
}
