import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A row of `identities`: who a user is at an identity provider. */
@Entity({ name: 'identities', schema: 'public' })
export class Identity {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  user_id!: string;

  /** Id of the provider that it was linked through. */
  @Column('text')
  provider!: string;

  /** With the subject the identity itself. */
  @Column('text')
  issuer!: string;

  @Column('text')
  subject!: string;

  /** Its address when it was linked: it identifies nobody. */
  @Column('text', { nullable: true })
  email!: string | null;

  @Column('timestamptz')
  created_at!: Date;

  @Column('timestamptz', { nullable: true })
  last_used_at!: Date | null;
}
