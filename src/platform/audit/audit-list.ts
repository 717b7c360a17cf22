import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { LessThan, Repository } from 'typeorm';

import { pageOf } from '../common/cursor.js';
import { Database } from '../database/database.js';
import { AuditRecord } from './audit-record.entity.js';
import type { AuditPage, ListAuditQuery } from './audit.schemas.js';

/** Pages of the audit log by keyset, newest first. */
@Injectable()
export class AuditList {
  constructor(
    private readonly database: Database,
    @InjectRepository(AuditRecord) private readonly records: Repository<AuditRecord>,
  ) {}

  async page({ limit, cursor, target_id, action }: ListAuditQuery): Promise<AuditPage> {
    const records = await this.database.read(() =>
      this.records.find({
        where: {
          ...(cursor && { id: LessThan(cursor[0]) }),
          ...(target_id !== undefined && { target_id }),
          ...(action !== undefined && { action }),
        },
        order: { id: 'DESC' },
        take: limit + 1,
      }),
    );
    return pageOf(records, limit, toItem, ({ id }) => [id]);
  }
}

function toItem({ at, actor_kind, actor_id, ...record }: AuditRecord): AuditPage['items'][number] {
  return { ...record, at: at.toISOString(), actor: { kind: actor_kind, id: actor_id } };
}
