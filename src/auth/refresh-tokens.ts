import { createHash, createHmac, randomBytes } from 'node:crypto';

import { Inject, Injectable } from '@nestjs/common';
import type { ConfigType } from '@nestjs/config';
import type { EntityManager } from 'typeorm';

import { type DerivedKeys, deriveKeys } from '../common/derived-keys.js';
import type { Role } from '../common/principal.js';
import { authConfig } from '../config/auth.config.js';
import { LIVE_SESSION } from './live-session.js';

/** The session a refresh token belongs to. */
export interface RefreshedSession {
  readonly sessionId: string;
  readonly userId: string;
  readonly deviceId: string;
  readonly role: Role;
  readonly credentialsVersion: number;
}

/** What presenting a refresh token leads to. */
export type Rotation =
  | { readonly outcome: 'rotated'; readonly session: RefreshedSession; readonly token: string }
  | { readonly outcome: 'reused'; readonly session: RefreshedSession }
  | { readonly outcome: 'refused' };

interface Row extends RefreshedSession {
  readonly alive: boolean;
  readonly used: boolean;
  readonly used_just_now: boolean;
  readonly successor_hash: Buffer | null;
}

/** How long after its first use a token still gives its successor, used or not. */
const REUSE_WINDOW = `interval '10 seconds'`;

/**
 * Opaque refresh tokens that are replaced at each use. A successor is HMAC(key, token before it):
 * the same for all who race with one token, and for a client whose answer got lost, although only
 * hashes are stored. Replay of a token whose successor is in use means that two parties have it
 * (RFC 9700 §4.14.2).
 */
@Injectable()
export class RefreshTokens {
  private readonly keys: DerivedKeys;
  private readonly lifetime: number;

  constructor(@Inject(authConfig.KEY) config: ConfigType<typeof authConfig>) {
    this.keys = deriveKeys(config.jwtSecrets, 'refresh-token');
    this.lifetime = config.refreshTokenTtl;
  }

  /** The first token of a session. */
  async create(manager: EntityManager, sessionId: string): Promise<string> {
    const token = randomBytes(32).toString('base64url');
    await this.insert(manager, sessionId, token);
    return token;
  }

  /** Replaces a token by its successor. Callers who race wait for each other on its row. */
  async rotate(manager: EntityManager, token: string): Promise<Rotation> {
    const session = await this.lock(manager, token);
    if (session?.alive !== true) return { outcome: 'refused' };
    const successor = session.used
      ? await this.successorAgain(manager, token, session)
      : await this.use(manager, token, session.sessionId);
    if (successor === undefined) return { outcome: 'reused', session };
    return { outcome: 'rotated', session, token: successor };
  }

  private async lock(manager: EntityManager, token: string): Promise<Row | undefined> {
    const [row] = await manager.query<Row[]>(
      `SELECT s.id AS "sessionId", s.user_id AS "userId", s.device_id AS "deviceId", u.role,
              u.credentials_version AS "credentialsVersion",
              t.expires_at > clock_timestamp() AND ${LIVE_SESSION} AS alive,
              t.used_at IS NOT NULL AS used,
              coalesce(t.used_at > clock_timestamp() - ${REUSE_WINDOW}, false) AS used_just_now,
              t.successor_hash
         FROM refresh_tokens t JOIN sessions s ON s.id = t.session_id JOIN users u ON u.id = s.user_id
        WHERE t.token_hash = $1 FOR UPDATE OF t, s`,
      [hashOf(token)],
    );
    return row;
  }

  private async use(manager: EntityManager, token: string, sessionId: string): Promise<string> {
    const successor = successorOf(this.keys[0], token);
    await manager.query(
      `UPDATE refresh_tokens SET used_at = clock_timestamp(), successor_hash = $2
        WHERE token_hash = $1`,
      [hashOf(token), hashOf(successor)],
    );
    await this.insert(manager, sessionId, successor);
    await manager.query(
      `UPDATE sessions SET last_used_at = now(), expires_at = now() + make_interval(secs => $2)
        WHERE id = $1`,
      [sessionId, this.lifetime],
    );
    return successor;
  }

  /** The successor once more, while that is no sign of theft; nothing when it is. */
  private async successorAgain(
    manager: EntityManager,
    token: string,
    { sessionId, successor_hash, used_just_now }: Row,
  ): Promise<string | undefined> {
    const [next] = await manager.query<{ used: boolean }[]>(
      'SELECT used_at IS NOT NULL AS used FROM refresh_tokens WHERE token_hash = $1',
      [successor_hash],
    );
    const unused = next?.used === false;
    if (!used_just_now && !unused) return undefined;
    // After a rotation of the secret the key that made the successor may be any of ours.
    const same = this.keys
      .map((key) => successorOf(key, token))
      .find((candidate) => successor_hash?.equals(hashOf(candidate)));
    if (same !== undefined || !unused) return same;
    // Its key is gone and nobody holds the successor: another takes its place.
    await manager.query('DELETE FROM refresh_tokens WHERE token_hash = $1', [successor_hash]);
    return this.use(manager, token, sessionId);
  }

  private async insert(manager: EntityManager, sessionId: string, token: string): Promise<void> {
    await manager.query(
      `INSERT INTO refresh_tokens (token_hash, session_id, expires_at)
       VALUES ($1, $2, now() + make_interval(secs => $3))`,
      [hashOf(token), sessionId, this.lifetime],
    );
  }
}

function successorOf(key: Buffer, token: string): string {
  return createHmac('sha256', key).update(token).digest('base64url');
}

function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
