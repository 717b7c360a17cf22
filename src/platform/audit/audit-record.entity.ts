import { Column, Entity, PrimaryColumn } from 'typeorm';

import type { Principal } from '../common/request/principal.js';

/** A row of `audit_log`: an act with who did it. It is never changed. */
@Entity({ name: 'audit_log', schema: 'public' })
export class AuditRecord {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('timestamptz')
  at!: Date;

  @Column('text')
  action!: string;

  @Column('text')
  actor_kind!: Principal['kind'] | 'system';

  @Column('uuid', { nullable: true })
  actor_id!: string | null;

  @Column('uuid', { nullable: true })
  target_id!: string | null;

  @Column('inet', { nullable: true })
  ip!: string | null;

  @Column('text', { nullable: true })
  request_id!: string | null;

  @Column('jsonb')
  details!: Readonly<Record<string, unknown>>;
}
