import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A row of `passkeys`: what a factor of the type `passkey` is checked by. */
@Entity({ name: 'passkeys', schema: 'public' })
export class Passkey {
  @PrimaryColumn('uuid')
  factor_id!: string;

  /** Chosen by the authenticator. */
  @Column('bytea')
  credential_id!: Buffer;

  /** As a COSE key. */
  @Column('bytea')
  public_key!: Buffer;

  /** That of the last signature, a decimal number; 0 where the authenticator does not count. */
  @Column('bigint')
  counter!: string;

  /** How browsers reach the authenticator. */
  @Column('text', { array: true })
  transports!: string[];

  /** The domain that it belongs to; null for one from before this was noted, which was not used since. */
  @Column('text', { nullable: true })
  rp_id!: string | null;
}
