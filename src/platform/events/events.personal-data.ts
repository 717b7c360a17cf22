import type { PersonalData } from '../declarations/personal-data.js';

/** Events go by whole partitions, see `EventRetention`. */
export const eventsData: PersonalData = {
  table: 'public.events',
  export: { none: 'Copies of what the export has elsewhere, kept for days.' },
  erasure: {
    sql: `UPDATE public.events SET data = data - 'user' WHERE user_id = ANY($1::uuid[]) AND data ? 'user'`,
  },
  retention: { none: 'Clean-up empties the partitions that are older than EVENTS_RETENTION_DAYS.' },
};

export const eventCountersData: PersonalData = {
  table: 'public.event_counters',
  export: { none: 'A number per user that says how many events there were.' },
  erasure: { sql: 'DELETE FROM public.event_counters WHERE user_id = ANY($1::uuid[])' },
  retention: { none: 'Kept as long as the user, so that the numbers of events go on.' },
};
