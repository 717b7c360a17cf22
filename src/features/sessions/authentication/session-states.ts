import { Injectable } from '@nestjs/common';

import { evictOldest } from '../../../platform/common/evict-oldest.js';
import type { SignedInUser } from '../../../platform/common/request/principal.js';
import { Database } from '../../../platform/database/database.js';
import { UserSessions } from '../../users/user-sessions.js';
import { LIVE_SESSION } from '../live-sessions/live-session.js';
import { AUTH_TIME } from '../live-sessions/proof.js';

/** A live session and its user, at most a few seconds old. */
export interface SessionState extends Pick<
  SignedInUser,
  'role' | 'acr' | 'authTime' | 'credentialsVersion'
> {
  /** Seconds since its last recorded use. */
  readonly idleSeconds: number;
}

interface Entry {
  readonly userId: string;
  readonly state: Promise<SessionState | undefined>;
  readonly until: number;
}

/**
 * How long a session state is cached, in milliseconds. Changes by another replica take effect
 * within this time; with one slow look-up it stays below the promised 5 s.
 */
const TTL_MS = 3000;
const SIZE = 10_000;

/**
 * Looks up session states for requests, and caches them briefly. A change by this process takes
 * effect at once.
 */
@Injectable()
export class SessionStates {
  private readonly entries = new Map<string, Entry>();

  constructor(
    private readonly database: Database,
    sessions: UserSessions,
  ) {
    sessions.onChange((userId) => this.forget(userId));
  }

  /** The state of a user's session; undefined if it has ended. @throws DependencyUnavailable */
  async of(sessionId: string, userId: string): Promise<SessionState | undefined> {
    // The pair is the key, since a session is valid only for its own user.
    const key = `${sessionId} ${userId}`;
    const known = this.entries.get(key);
    if (known !== undefined && known.until > performance.now()) return known.state;
    // Counted from before the look-up; its answer does not restore an entry that was removed
    // meanwhile.
    const entry = {
      userId,
      state: this.load(sessionId, userId),
      until: performance.now() + TTL_MS,
    };
    this.entries.delete(key);
    this.entries.set(key, entry);
    const now = performance.now();
    evictOldest(this.entries, SIZE, ({ until }) => until <= now);
    try {
      return await entry.state;
    } catch (error) {
      if (this.entries.get(key) === entry) this.entries.delete(key);
      throw error;
    }
  }

  private async load(sessionId: string, userId: string): Promise<SessionState | undefined> {
    const [row] = await this.database.read((manager) =>
      manager.query<SessionState[]>(
        `SELECT u.role, s.acr, ${AUTH_TIME} AS "authTime",
                s.credentials_version AS "credentialsVersion",
                extract(epoch FROM clock_timestamp() - s.last_used_at)::int AS "idleSeconds"
           FROM public.sessions s JOIN public.users u ON u.id = s.user_id
          WHERE s.id = $1 AND s.user_id = $2 AND ${LIVE_SESSION}`,
        [sessionId, userId],
      ),
    );
    return row;
  }

  private forget(userId: string): void {
    for (const [key, entry] of this.entries) if (entry.userId === userId) this.entries.delete(key);
  }
}
