import { Injectable } from '@nestjs/common';

import { Database } from '../../platform/database/database.js';
import { type Write, writeBy } from '../../platform/database/transactions/write.js';

type Listener = (userId: string) => void;

const END = `
  UPDATE public.sessions SET ended_at = now()
   WHERE user_id = $1 AND ended_at IS NULL AND id IS DISTINCT FROM $2::uuid`;
const CARRY_OVER = 'UPDATE public.sessions SET credentials_version = $2 WHERE id = $1';
/** The methods of a factor go with it. */
const LOWER = `
  UPDATE public.sessions
     SET acr = 'aal1', amr = array_remove(array_remove(amr, 'otp'), 'mfa'), factor_id = NULL
   WHERE factor_id = ANY($1::uuid[])`;
const DEVICE = 'SELECT device_id FROM public.sessions WHERE id = $1';

/**
 * Ends sessions when their user changes. Caches of session states subscribe, so that a change takes
 * effect at once on its replica. SQL by hand: the entity belongs to `sessions`, a feature above.
 */
@Injectable()
export class UserSessions {
  private readonly listeners: Listener[] = [];

  constructor(private readonly database: Database) {}

  /** Calls the listener with the id of each user whose sessions may have changed. */
  onChange(listener: Listener): void {
    this.listeners.push(listener);
  }

  /** Notifies the listeners; call it after the change is committed. */
  changed(userId: string): void {
    for (const listener of this.listeners) listener(userId);
  }

  /** Ends a user's live sessions, except one. */
  end(userId: string, except?: string): Write {
    return writeBy({ text: END, values: [userId, except ?? null] });
  }

  /** Ends them in the current transaction. @returns their number. */
  async endNow(userId: string, except?: string): Promise<number> {
    const [, count] = await this.database.current.query<[unknown[], number]>(END, [
      userId,
      except ?? null,
    ]);
    return count;
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
