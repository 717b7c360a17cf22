import { Injectable } from '@nestjs/common';

import type { Write } from '../../../platform/database/transactions/write.js';
import type { EventType, EventTypes } from '../../../platform/declarations/event-definition.js';
import { EventOutbox } from '../../../platform/events/outbox/event-outbox.js';
import type { User } from '../user.entity.js';
import { toUserResponse } from '../user.mapper.js';
import type { UserResponse } from '../user.schemas.js';

/** What the data of a type holds beside the user and its version. */
type Details<Type extends EventType> = Omit<EventTypes[Type], 'user_id' | 'version' | 'user'>;

/** Fields that change by themselves, or have events of their own. */
const TOLD_OTHERWISE: ReadonlySet<string> = new Set([
  'updated_at',
  'email',
  'email_verified',
  'status',
  'role',
  'tier',
]);

/** What other services learn of users. */
@Injectable()
export class UserEvents {
  constructor(private readonly outbox: EventOutbox) {}

  /** Whether events may be stored, see `EventOutbox`. */
  get mayBeStored(): boolean {
    return this.outbox.mayBeStored;
  }

  /** @param user as it is after the change. */
  of<Type extends EventType>(type: Type, user: User, details: Details<Type>): Write {
    const showsUser = this.outbox.withProfile && user.deleted_at === null;
    const data = {
      user_id: user.id,
      version: user.version,
      ...details,
      ...(showsUser && { user: toUserResponse(user) }),
    };
    return this.outbox.insertion({ type, userId: user.id, data: data as EventTypes[Type] });
  }

  /** The last event of a user, of whom only this is left. */
  erased({ id, version }: Pick<User, 'id' | 'version'>): Write {
    const data = { user_id: id, version };
    return this.outbox.insertion({ type: 'user.erased', userId: id, data });
  }

  /** Every change of a user has at least one event. */
  ofChange(before: User, after: User): Write[] {
    if (after.deleted_at !== null && before.deleted_at === null)
      return [this.of('user.deleted', after, {})];
    const [old, now] = [toUserResponse(before), toUserResponse(after)];
    const differs = (field: keyof UserResponse) => old[field] !== now[field];
    const changed = (Object.keys(now) as (keyof UserResponse)[]).filter(
      (field) => !TOLD_OTHERWISE.has(field) && differs(field),
    );
    const own = [
      differs('email') && this.of('user.email-changed', after, {}),
      differs('email_verified') && now.email_verified && this.of('user.email-verified', after, {}),
      differs('status') &&
        this.of('user.status-changed', after, { old: old.status, new: now.status }),
      differs('role') && this.of('user.role-changed', after, { old: old.role, new: now.role }),
      differs('tier') && this.of('user.tier-changed', after, { old: old.tier, new: now.tier }),
      before.password_hash !== after.password_hash && this.of('password.changed', after, {}),
    ].filter((event) => event !== false);
    return changed.length > 0 || own.length === 0
      ? [this.of('user.updated', after, { changed }), ...own]
      : own;
  }
}
