import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

type Listener = (userId: string) => void;

/**
 * Ends sessions when something about their user changes. Who keeps what sessions may do for a
 * while (see auth) subscribes, so that the replica that made a change heeds it at once.
 */
@Injectable()
export class UserSessions {
  private readonly listeners: Listener[] = [];

  /** Calls the listener with the id of each user whose sessions may have changed. */
  onChange(listener: Listener): void {
    this.listeners.push(listener);
  }

  /** Tells the listeners; to be called once the change is committed. */
  changed(userId: string): void {
    for (const listener of this.listeners) listener(userId);
  }

  /** Ends the living sessions of a user, except one. @returns how many. */
  async end(manager: EntityManager, userId: string, except?: string): Promise<number> {
    const [, count] = await manager.query<[unknown[], number]>(
      `UPDATE public.sessions SET ended_at = now()
        WHERE user_id = $1 AND ended_at IS NULL AND id IS DISTINCT FROM $2::uuid`,
      [userId, except ?? null],
    );
    return count;
  }

  /** The device a session was opened on. */
  async deviceOf(manager: EntityManager, sessionId: string): Promise<string | undefined> {
    const [row] = await manager.query<{ device_id: string | null }[]>(
      'SELECT device_id FROM public.sessions WHERE id = $1',
      [sessionId],
    );
    return row?.device_id ?? undefined;
  }

  /** Lets one session live on under the new credentials version. */
  async carryOver(manager: EntityManager, sessionId: string, version: number): Promise<void> {
    await manager.query('UPDATE public.sessions SET credentials_version = $2 WHERE id = $1', [
      sessionId,
      version,
    ]);
  }
}
