import { Entity, PrimaryColumn } from 'typeorm';

/** A row of `recovery_codes`: an unused code by its SHA-256. */
@Entity({ name: 'recovery_codes', schema: 'public' })
export class RecoveryCode {
  @PrimaryColumn('uuid')
  factor_id!: string;

  @PrimaryColumn('bytea')
  code_hash!: Buffer;
}
