import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A row of `idempotency_keys`: a request that is done once, and its answer. */
@Entity({ name: 'idempotency_keys', schema: 'public' })
export class IdempotencyKey {
  /** Principal and route. */
  @PrimaryColumn('text')
  scope!: string;

  @PrimaryColumn('text')
  key!: string;

  /** Keyed hash of target and body. */
  @Column('bytea')
  fingerprint!: Buffer;

  /** A key in flight belongs to its holder until then. */
  @Column('timestamptz')
  locked_until!: Date;

  /** Undefined while in flight. */
  @Column('integer', { nullable: true })
  status!: number | null;

  @Column('jsonb', { nullable: true })
  headers!: Record<string, string> | null;

  @Column('text', { nullable: true })
  body!: string | null;

  @Column('timestamptz')
  created_at!: Date;

  @Column('uuid', { nullable: true })
  holder!: string | null;
}
