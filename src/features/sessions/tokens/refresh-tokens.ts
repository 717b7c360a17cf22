import { createHmac } from 'node:crypto';

import { Inject, Injectable } from '@nestjs/common';
import type { ConfigType } from '@nestjs/config';

import { type DerivedKeys, deriveKeys } from '../../../platform/common/derived-keys.js';
import type { Role } from '../../../platform/common/request/principal.js';
import { authConfig } from '../../../platform/http/access/auth.config.js';
import { Database } from '../../../platform/database/database.js';
import { runPrepared } from '../../../platform/database/transactions/prepared.js';
import type { Statement } from '../../../platform/database/statements/statement.js';
import { type Write, writeBy } from '../../../platform/database/transactions/write.js';
import { hashOf, newToken } from '../../credentials/opaque-token.js';
import { LIVE_SESSION } from '../live-sessions/live-session.js';
import { AUTH_TIME, type DatedProof } from '../live-sessions/proof.js';
import { RefreshToken } from './refresh-token.entity.js';

/** The session a refresh token belongs to. */
export interface RefreshedSession extends DatedProof {
  readonly sessionId: string;
  readonly userId: string;
  readonly deviceId: string;
  readonly role: Role;
  readonly credentialsVersion: number;
  readonly deviceGeneration: number;
}

/** Results of presenting a refresh token. */
export type Rotation =
  | { readonly outcome: 'rotated'; readonly session: RefreshedSession; readonly token: string }
  | { readonly outcome: 'reused'; readonly session: RefreshedSession }
  | { readonly outcome: 'refused' };

interface Row extends RefreshedSession, Pick<RefreshToken, 'successor_hash'> {
  readonly alive: boolean;
  readonly used_just_now: boolean;
}

/** How long after its first use a token still returns its successor, used or not. */
const REUSE_WINDOW = `interval '10 seconds'`;

const LOCK = `
  SELECT s.id AS "sessionId", s.user_id AS "userId", s.device_id AS "deviceId", u.role,
         u.credentials_version AS "credentialsVersion", u.device_generation AS "deviceGeneration",
         s.acr, s.amr, ${AUTH_TIME} AS "authTime",
         t.expires_at > clock_timestamp() AND ${LIVE_SESSION}
           AND s.created_at > clock_timestamp() - make_interval(secs => $2) AS alive,
         coalesce(t.used_at > clock_timestamp() - ${REUSE_WINDOW}, false) AS used_just_now,
         t.successor_hash
    FROM public.refresh_tokens t JOIN public.sessions s ON s.id = t.session_id JOIN public.users u ON u.id = s.user_id
   WHERE t.token_hash = $1 FOR UPDATE OF t, s`;
const USE = `
  UPDATE public.refresh_tokens SET used_at = clock_timestamp(), successor_hash = $2 WHERE token_hash = $1`;
const INSERT = `
  INSERT INTO public.refresh_tokens (token_hash, session_id, expires_at)
  VALUES ($1, $2, now() + make_interval(secs => $3))`;
const PROLONG = `
  UPDATE public.sessions
     SET last_used_at = now(),
         expires_at = least(now() + make_interval(secs => $2), created_at + make_interval(secs => $3))
   WHERE id = $1`;

/**
 * Opaque refresh tokens that are replaced at each use. A successor is HMAC(key, token before it):
 * the same for concurrent requests with one token, and for a client that lost the answer, although
 * only hashes are stored. Replay of a token whose successor is in use means that two parties have
 * it (RFC 9700 §4.14.2).
 */
@Injectable()
export class RefreshTokens {
  private readonly keys: DerivedKeys;
  private readonly lifetime: number;
  private readonly sessionMax: number;

  constructor(
    private readonly database: Database,
    @Inject(authConfig.KEY) config: ConfigType<typeof authConfig>,
  ) {
    this.keys = deriveKeys(config.jwtSecrets, 'refresh-token');
    this.lifetime = config.refreshTokenTtl;
    this.sessionMax = config.sessionMax;
  }

  /** The first token of a session, and its row. */
  first(sessionId: string): { readonly token: string; readonly write: Write } {
    const token = newToken();
    return { token, write: writeBy(this.insertion(sessionId, token)) };
  }

  /** Replaces a token by its successor, in the transaction that this is called in. Concurrent callers wait for the row lock. */
  async rotate(token: string): Promise<Rotation> {
    const session = await this.lock(token);
    if (session?.alive !== true) return { outcome: 'refused' };
    const { successor_hash } = session;
    const successor =
      successor_hash === null
        ? await this.use(token, session.sessionId)
        : await this.successorAgain(token, session, successor_hash);
    if (successor === undefined) return { outcome: 'reused', session };
    return { outcome: 'rotated', session, token: successor };
  }

  private async lock(token: string): Promise<Row | undefined> {
    const { rows } = await runPrepared<Row>(this.database.current, {
      text: LOCK,
      values: [hashOf(token), this.sessionMax],
    });
    return rows[0];
  }

  private async use(token: string, sessionId: string): Promise<string> {
    const successor = successorOf(this.keys[0], token);
    await this.database.commit(
      writeBy({ text: USE, values: [hashOf(token), hashOf(successor)] }),
      writeBy(this.insertion(sessionId, successor)),
      writeBy({ text: PROLONG, values: [sessionId, this.lifetime, this.sessionMax] }),
    );
    return successor;
  }

  /** The successor again, or undefined if the replay indicates theft. */
  private async successorAgain(
    token: string,
    { sessionId, used_just_now }: Row,
    hash: Buffer,
  ): Promise<string | undefined> {
    const next = await this.database.current.findOneBy(RefreshToken, { token_hash: hash });
    const unused = next?.used_at === null;
    if (!used_just_now && !unused) return undefined;
    // After a rotation of the secret any of the keys may have made the successor.
    const same = this.keys
      .map((key) => successorOf(key, token))
      .find((candidate) => hash.equals(hashOf(candidate)));
    if (same !== undefined || !unused) return same;
    // Its key is gone and no client has the successor: a new one replaces it.
    await this.database.current.delete(RefreshToken, { token_hash: hash });
    return this.use(token, sessionId);
  }

  private insertion(sessionId: string, token: string): Statement {
    return { text: INSERT, values: [hashOf(token), sessionId, this.lifetime] };
  }
}

function successorOf(key: Buffer, token: string): string {
  return createHmac('sha256', key).update(token).digest('base64url');
}
