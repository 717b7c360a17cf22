import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What a challenge is for: an answer counts for nothing else. */
export type ChallengePurpose = 'register' | 'sign_in' | 'second_factor' | 'step_up';

/** A row of `passkey_challenges`: one that was not answered yet. */
@Entity({ name: 'passkey_challenges', schema: 'public' })
export class Challenge {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('text')
  purpose!: ChallengePurpose;

  /** Whose answer counts; null where the answer tells. */
  @Column('uuid', { nullable: true })
  user_id!: string | null;

  /** The session or login token that it was made for. */
  @Column('uuid', { nullable: true })
  bound_to!: string | null;

  @Column('bytea')
  challenge!: Buffer;

  @Column('timestamptz')
  expires_at!: Date;
}
