import { z } from 'zod';

import { defineEvent, type EventTypesOf } from '../../platform/declarations/event-definition.js';
import { aboutUser } from '../users/events/user-event.definitions.js';

const aboutFactor = aboutUser({
  factor_id: z.uuid(),
  factor_type: z.string().describe('Such as totp'),
});

export const factorEvents = [
  defineEvent({
    type: 'factor.added',
    about: 'A user can prove who they are by one more factor.',
    data: aboutFactor,
  }),
  defineEvent({
    type: 'factor.removed',
    about: 'A factor of a user proves nothing any more.',
    data: aboutFactor,
  }),
] as const;

declare module '../../platform/declarations/event-definition.js' {
  interface EventTypes extends EventTypesOf<typeof factorEvents> {}
}
