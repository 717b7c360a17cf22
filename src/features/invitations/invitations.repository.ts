import { Inject, Injectable } from '@nestjs/common';
import type { ConfigType } from '@nestjs/config';
import { InjectRepository } from '@nestjs/typeorm';
import { IsNull, LessThan, Raw, Repository } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';

import { Database } from '../../platform/database/database.js';
import { TokenMaker } from '../credentials/mailed-tokens/token-maker.js';
import { hashOf } from '../credentials/opaque-token.js';
import { EMAIL_KEY } from '../users/fields/email-key.js';
import { Invitation } from './invitation.entity.js';
import { invitationsConfig } from './invitations.config.js';

/** What an inviter says; the rest of the row is made here. */
export type NewInvitation = Omit<
  Invitation,
  'token_id' | 'token_hash' | 'created_at' | 'expires_at' | 'accepted_at' | 'user_id'
>;

/** What a mail needs. */
export type MailedInvitation = Pick<Invitation, 'email' | 'token_id' | 'token_hash'> & {
  readonly seconds_left: number;
};

const NEW = [
  'id',
  'email',
  'email_as_typed',
  'name',
  'role',
  'tier',
  'inviter_kind',
  'inviter_id',
  'token_id',
  'token_hash',
] as const satisfies (keyof Invitation)[];

/** SQL by hand: the index decides whether an address is free, and one that expired makes room. */
const INSERT = `
  INSERT INTO public.invitations (${NEW.join(', ')}, expires_at)
  VALUES (${NEW.map((_column, index) => `$${index + 1}`).join(', ')}, now() + make_interval(secs => $${NEW.length + 1}))
      ON CONFLICT (${EMAIL_KEY}) WHERE accepted_at IS NULL
      DO UPDATE SET (${NEW.join(', ')}, created_at, expires_at) =
                    (${NEW.map((column) => `excluded.${column}`).join(', ')}, now(), excluded.expires_at)
              WHERE invitations.expires_at <= now()
  RETURNING ${NEW.join(', ')}, created_at, expires_at, accepted_at, user_id`;

const MAILED = `
  SELECT email, token_id, token_hash, extract(epoch FROM expires_at - now())::int AS seconds_left
    FROM public.invitations WHERE id = $1 AND token_id = $2 AND accepted_at IS NULL`;

/** Invitations in the database. */
@Injectable()
export class InvitationsRepository {
  private readonly lifetime: number;

  constructor(
    private readonly database: Database,
    @InjectRepository(Invitation) private readonly rows: Repository<Invitation>,
    private readonly maker: TokenMaker,
    @Inject(invitationsConfig.KEY) { lifetime }: ConfigType<typeof invitationsConfig>,
  ) {
    this.lifetime = lifetime;
  }

  /** Newest first, after the given id. @param limit most rows. */
  async page(after: string | undefined, limit: number): Promise<Invitation[]> {
    const where = after === undefined ? {} : { id: LessThan(after) };
    return this.database.read(() => this.rows.find({ where, order: { id: 'DESC' }, take: limit }));
  }

  /** Within a transaction. @returns undefined if the address has a pending invitation. */
  async insert(invitation: NewInvitation): Promise<Invitation | undefined> {
    const row = { ...invitation, ...this.newToken() };
    const [inserted] = await this.database.current.query<Invitation[]>(INSERT, [
      ...NEW.map((column) => row[column]),
      this.lifetime,
    ]);
    return inserted;
  }

  /** An invitation that was not accepted, locked until the current transaction ends. */
  async lock(id: string): Promise<Invitation | null> {
    return this.database.current.findOne(Invitation, {
      where: { id, accepted_at: IsNull() },
      lock: { mode: 'pessimistic_write' },
    });
  }

  /** Replaces the token, and its lifetime starts anew. @returns what the token is made from. */
  async renewToken(id: string): Promise<string> {
    const token = this.newToken();
    await this.database.current.update(Invitation, { id }, { ...token, expires_at: this.expiry });
    return token.token_id;
  }

  /** Within a transaction. */
  async delete(id: string): Promise<void> {
    await this.database.current.delete(Invitation, { id });
  }

  /** The invitation of a token that can be accepted; null for any other text. */
  async byToken(token: string): Promise<Invitation | null> {
    return this.database.read(() => this.rows.findOneBy(acceptable(token)));
  }

  /** Uses a token up, in the current transaction. @returns false if another caller was faster. */
  async accept(token: string, userId: string): Promise<boolean> {
    const { affected } = await this.database.current.update(Invitation, acceptable(token), {
      accepted_at: () => 'now()',
      user_id: userId,
    });
    return affected === 1;
  }

  /** What the mail of a token needs; undefined once the token has no effect. */
  async mailed(id: string, tokenId: string): Promise<MailedInvitation | undefined> {
    const [row] = await this.database.readPrepared<MailedInvitation>(MAILED, [id, tokenId]);
    return row;
  }

  /** The token, for a mail that is sent now. A used or replaced token stays so. */
  async reveal({ token_id, token_hash, seconds_left }: MailedInvitation): Promise<string> {
    const kept = { id: token_id, token_hash, seconds_left };
    const { token, renewedHash } = this.maker.reveal(kept, this.lifetime);
    if (renewedHash !== undefined)
      await this.database.transaction((manager) =>
        manager.update(
          Invitation,
          { token_id, accepted_at: IsNull() },
          { token_hash: renewedHash, expires_at: this.expiry },
        ),
      );
    return token;
  }

  private newToken(): Pick<Invitation, 'token_id' | 'token_hash'> {
    const token_id = uuidv7();
    return { token_id, token_hash: this.maker.hashFor(token_id) };
  }

  private readonly expiry = () => `now() + make_interval(secs => ${this.lifetime})`;
}

/** The row of a token that was not used and is not over, by the clock of the database. */
function acceptable(token: string) {
  return {
    token_hash: hashOf(token),
    accepted_at: IsNull(),
    expires_at: Raw((column) => `${column} > now()`),
  };
}
