import { z } from 'zod';

import { roles } from '../../../platform/common/request/principal.js';
import { defineEvent, type EventTypesOf } from '../../../platform/declarations/event-definition.js';
import { statuses, tiers } from '../fields/user-fields.js';
import { userResponse } from '../user.schemas.js';

/** What the data of every event holds. */
const subject = {
  user_id: z.uuid().describe('The user'),
  version: z
    .int()
    .min(1)
    .describe(
      'Version of the user after the change, as in its entity tag; a user that is read later has at least this one',
    ),
  user: userResponse.optional().describe('With EVENTS_DATA=profile: the user after the change'),
};

/** The schema of the data of events about a user. @param more beside the user and its version. */
export function aboutUser<Shape extends z.ZodRawShape>(more: Shape) {
  return z.object({ ...subject, ...more });
}

const nothingMore = aboutUser({});

/** A change from one word of a list to another one. */
const between = <const Words extends readonly [string, ...string[]]>(words: Words) =>
  aboutUser({ old: z.enum(words), new: z.enum(words) });

export const userEvents = [
  defineEvent({ type: 'user.created', about: 'A user was created.', data: nothingMore }),
  defineEvent({
    type: 'user.updated',
    about: 'Fields of a user changed that have no event of their own.',
    data: aboutUser({ changed: z.array(z.string()).describe('Names of the fields') }),
  }),
  defineEvent({
    type: 'user.email-changed',
    about: 'A user has another e-mail address, which is not verified yet.',
    data: nothingMore,
  }),
  defineEvent({
    type: 'user.email-verified',
    about: 'A user has shown that the e-mail address is theirs.',
    data: nothingMore,
  }),
  defineEvent({
    type: 'user.status-changed',
    about: 'A user was suspended, or is active again.',
    data: between(statuses),
  }),
  defineEvent({
    type: 'user.role-changed',
    about: 'A user has another role.',
    data: between(roles),
  }),
  defineEvent({
    type: 'user.tier-changed',
    about: 'A user has another tier.',
    data: between(tiers),
  }),
  defineEvent({
    type: 'user.deleted',
    about: 'A user was deleted; what is stored on it is erased later.',
    data: nothingMore,
  }),
  defineEvent({
    type: 'user.erased',
    about: 'What was stored on a deleted user is erased. The last event of a user.',
    data: nothingMore,
  }),
  defineEvent({
    type: 'password.changed',
    about: 'A user has another password, or none any more.',
    data: nothingMore,
  }),
  defineEvent({
    type: 'session.started',
    about: 'A user has signed in.',
    data: aboutUser({ session_id: z.uuid() }),
  }),
  defineEvent({
    type: 'session.ended',
    about:
      'A session was ended before its time: by its user, by an administrator, or by a change of the user.',
    data: aboutUser({ session_id: z.uuid() }),
  }),
] as const;

declare module '../../../platform/declarations/event-definition.js' {
  interface EventTypes extends EventTypesOf<typeof userEvents> {}
}
