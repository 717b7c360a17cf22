import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';

import { currentRequest } from '../common/request-context.js';

/** Acts that the audit log knows. */
export const auditActions = [
  'user.created',
  'user.updated',
  'user.status-changed',
  'user.role-changed',
  'user.email-changed',
  'user.email-verified',
  'user.password-changed',
  'user.password-reset',
  'user.password-rehashed',
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
] as const;
export type AuditAction = (typeof auditActions)[number];

export interface AuditEntry {
  readonly action: AuditAction;
  /** The user it was done to; nothing when there is no such user. */
  readonly targetId: string | undefined;
  /** Names of fields, old and new states: no addresses, no secrets. */
  readonly details?: Readonly<Record<string, string | string[] | number | boolean>>;
}

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
    await manager.query(
      `INSERT INTO audit_log (id, action, actor_kind, actor_id, target_id, ip, request_id, details)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [
        uuidv7(),
        action,
        principal?.kind ?? 'system',
        principal?.kind === 'user' ? principal.userId : null,
        targetId ?? null,
        request?.ip ?? null,
        request?.requestId ?? null,
        details,
      ],
    );
  }
}
