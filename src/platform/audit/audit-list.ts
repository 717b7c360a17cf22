import { Injectable } from '@nestjs/common';

import { encodeCursor } from '../common/cursor.js';
import { Database } from '../database/database.js';
import type { AuditPage, ListAuditQuery } from './audit.schemas.js';

type Item = AuditPage['items'][number];
type Row = Omit<Item, 'at' | 'actor'> & {
  at: Date;
  actor_kind: Item['actor']['kind'];
  actor_id: string | null;
};

/** Pages of the audit log by keyset, newest first. */
@Injectable()
export class AuditList {
  constructor(private readonly database: Database) {}

  async page({ limit, cursor, target_id, action }: ListAuditQuery): Promise<AuditPage> {
    const rows = await this.database.read((manager) =>
      manager.query<Row[]>(
        `SELECT id, at, action, actor_kind, actor_id, target_id, host(ip) AS ip, request_id, details
           FROM public.audit_log
          WHERE ($1::uuid IS NULL OR id < $1) AND ($2::uuid IS NULL OR target_id = $2)
            AND ($3::text IS NULL OR action = $3)
          ORDER BY id DESC LIMIT $4`,
        [cursor?.[0] ?? null, target_id ?? null, action ?? null, limit + 1],
      ),
    );
    const items = rows.slice(0, limit).map(toItem);
    const last = items.at(-1);
    return {
      items,
      next_cursor: rows.length > limit && last ? encodeCursor([last.id]) : null,
    };
  }
}

function toItem({ at, actor_kind, actor_id, ...row }: Row): Item {
  return { ...row, at: at.toISOString(), actor: { kind: actor_kind, id: actor_id } };
}
