import { Injectable } from '@nestjs/common';

import { Database } from '../../platform/database/database.js';
import type { Statement } from '../../platform/database/statements/statement.js';
import { runPrepared } from '../../platform/database/transactions/prepared.js';
import { type Write, writeBy } from '../../platform/database/transactions/write.js';
import { UserEvents } from './events/user-events.js';
import type { User } from './user.entity.js';
import { UsersRepository } from './users.repository.js';

type Listener = (userId: string) => void;

const END = `
  UPDATE public.sessions SET ended_at = now()
   WHERE user_id = $1 AND ended_at IS NULL AND id IS DISTINCT FROM $2::uuid
  RETURNING id`;
const END_ONE = `
  UPDATE public.sessions SET ended_at = now()
   WHERE user_id = $1 AND ended_at IS NULL AND id = $2
  RETURNING id`;
const CARRY_OVER = 'UPDATE public.sessions SET credentials_version = $2 WHERE id = $1';
/** The methods of a factor go with it. A session that a passkey alone opened has no other. */
const LOWER = `
  UPDATE public.sessions
     SET acr = 'aal1', factor_id = NULL,
         amr = coalesce(
           nullif(ARRAY(SELECT method FROM unnest(amr) AS method
                         WHERE method NOT IN ('otp', 'pop', 'user', 'mfa')), '{}'),
           '{pop,user}')
   WHERE factor_id = ANY($1::uuid[])`;
const DEVICE = 'SELECT device_id FROM public.sessions WHERE id = $1';

/**
 * Ends sessions when their user changes. Caches of session states subscribe, so that a change takes
 * effect at once on its replica. SQL by hand: the entity belongs to `sessions`, a feature above.
 */
@Injectable()
export class UserSessions {
  private readonly listeners: Listener[] = [];

  constructor(
    private readonly database: Database,
    private readonly users: UsersRepository,
    private readonly events: UserEvents,
  ) {}

  /** Calls the listener with the id of each user whose sessions may have changed. */
  onChange(listener: Listener): void {
    this.listeners.push(listener);
  }

  /** Notifies the listeners; call it after the change is committed. */
  changed(userId: string): void {
    for (const listener of this.listeners) listener(userId);
  }

  /** The event of a session that is about to be stored. Without destinations a sign-in does not read the user for it. */
  async started(userId: string, sessionId: string): Promise<Write[]> {
    if (!this.events.mayBeStored) return [];
    const user = await this.users.find(userId);
    return user ? [this.events.of('session.started', user, { session_id: sessionId })] : [];
  }

  /**
   * Ends a user's sessions in the current transaction, except one.
   * @param user as it is after the change.
   * @returns an event for each session, to commit with the change.
   */
  async end(user: User, except?: string): Promise<Write[]> {
    return this.eventsOf(user, { text: END, values: [user.id, except ?? null] });
  }

  /** The same of a user who is not changed. */
  async endAll(userId: string, except?: string): Promise<Write[]> {
    const user = await this.users.current(userId);
    return user ? this.end(user, except) : [];
  }

  /** Ends one session in the current transaction. @returns its event; none if it has ended before. */
  async endOne(userId: string, sessionId: string): Promise<Write[]> {
    const user = await this.users.current(userId);
    return user ? this.eventsOf(user, { text: END_ONE, values: [userId, sessionId] }) : [];
  }

  private async eventsOf(user: User, ending: Statement): Promise<Write[]> {
    const { rows } = await runPrepared<{ id: string }>(this.database.current, ending);
    return rows.map(({ id }) => this.events.of('session.ended', user, { session_id: id }));
  }

  /** The device a session was opened on. */
  async deviceOf(sessionId: string): Promise<string | undefined> {
    const [row] = await this.database.readPrepared<{ device_id: string | null }>(DEVICE, [
      sessionId,
    ]);
    return row?.device_id ?? undefined;
  }

  /** Keeps one session alive with the new credentials version. */
  carryOver(sessionId: string, version: number): Write {
    return writeBy({ text: CARRY_OVER, values: [sessionId, version] });
  }

  /** Returns sessions that were proved by one of the factors to `aal1`. */
  lower(factorIds: readonly string[]): Write {
    return writeBy({ text: LOWER, values: [factorIds] });
  }
}
