import { olderThanDays, type PersonalData } from '../../platform/declarations/personal-data.js';

export const usersData: PersonalData = {
  table: 'public.users',
  place: 0,
  export: { none: 'The export begins with the profile.' },
  erasure: 'user',
  retention: {
    kind: 'users',
    key: 'id',
    // A charge with an unknown outcome must be settled first.
    over: `${olderThanDays('deleted_at')} AND NOT EXISTS (
        SELECT 1 FROM public.tier_changes WHERE user_id = users.id AND status = 'pending')`,
  },
};
