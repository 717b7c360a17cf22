import { Injectable } from '@nestjs/common';

import { evictOldest } from '../../../platform/common/evict-oldest.js';
import type { Role } from '../../../platform/common/principal.js';
import { Database } from '../../../platform/database/database.js';
import { UserSessions } from '../../users/user-sessions.js';
import { LIVE_SESSION } from '../live-sessions/live-session.js';

/** A living session's user, as of a few seconds ago at most. */
export interface SessionState {
  readonly userId: string;
  readonly role: Role;
}

interface Entry {
  readonly userId: string;
  readonly state: Promise<SessionState | undefined>;
  readonly until: number;
}

/**
 * How long what is known of a session holds, in milliseconds. Changes made by another replica show
 * within this time; with one slow look-up it stays below the 5 s that are promised.
 */
const TTL_MS = 3000;
const SIZE = 10_000;

/**
 * Looks up whether sessions are alive, for each request, and remembers it for a moment. A change
 * made by this process is heeded at once.
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

  /** The state of a user's session; nothing when it is over. @throws DependencyUnavailable */
  async of(sessionId: string, userId: string): Promise<SessionState | undefined> {
    // The pair is the key: a session says nothing about anybody but its own user.
    const key = `${sessionId} ${userId}`;
    const known = this.entries.get(key);
    if (known !== undefined && known.until > performance.now()) return known.state;
    // Counted from before the look-up; an entry forgotten meanwhile is not put back by its answer.
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
      manager.query<{ role: Role }[]>(
        `SELECT u.role FROM public.sessions s JOIN public.users u ON u.id = s.user_id
          WHERE s.id = $1 AND s.user_id = $2 AND ${LIVE_SESSION}`,
        [sessionId, userId],
      ),
    );
    return row && { userId, role: row.role };
  }

  private forget(userId: string): void {
    for (const [key, entry] of this.entries) if (entry.userId === userId) this.entries.delete(key);
  }
}
