import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { And, type FindOperator, LessThan, MoreThanOrEqual, Repository } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';

import { pageOf } from '../common/cursor.js';
import { Database } from '../database/database.js';
import { AuditRecord } from './audit-record.entity.js';
import type { AuditPage, ListAuditQuery } from './audit.schemas.js';

/** Ids carry the time of their making, by the clock of a process; `at` is that of the database. */
const CLOCKS_APART_MS = 600_000;

/** Pages of the audit log by keyset, newest first. */
@Injectable()
export class AuditList {
  constructor(
    private readonly database: Database,
    @InjectRepository(AuditRecord) private readonly records: Repository<AuditRecord>,
  ) {}

  async page({ limit, cursor, since, until, ...equal }: ListAuditQuery): Promise<AuditPage> {
    const records = await this.database.read(() =>
      this.records.find({
        where: {
          ...within<string>('id', [
            cursor && LessThan(cursor[0]),
            // Bounds of the key: acts outside the time asked for are not read.
            since && MoreThanOrEqual(firstIdAt(since.getTime() - CLOCKS_APART_MS)),
            until && LessThan(firstIdAt(until.getTime() + CLOCKS_APART_MS)),
          ]),
          ...within<Date>('at', [since && MoreThanOrEqual(since), until && LessThan(until)]),
          ...equal,
        },
        order: { id: 'DESC' },
        take: limit + 1,
      }),
    );
    return pageOf(records, limit, toItem, ({ id }) => [id]);
  }
}

/** All those conditions on a column that were asked for. */
function within<Value>(column: string, asked: readonly (FindOperator<Value> | undefined)[]) {
  const conditions = asked.filter((condition) => condition !== undefined);
  return conditions.length > 0 && { [column]: And(...conditions) };
}

/** The lowest UUIDv7 of a millisecond. */
function firstIdAt(ms: number): string {
  return uuidv7({ msecs: Math.max(0, ms), seq: 0, random: new Uint8Array(16) });
}

function toItem({ at, actor_kind, actor_id, ...record }: AuditRecord): AuditPage['items'][number] {
  return { ...record, at: at.toISOString(), actor: { kind: actor_kind, id: actor_id } };
}
