import { olderThanDays, type PersonalData } from '../../platform/declarations/personal-data.js';

export const usersData: PersonalData = {
  table: 'public.users',
  place: 0,
  export: { none: 'The export begins with the profile.' },
  erasure: 'user',
  retention: {
    kind: 'users',
    key: 'id',
    over: olderThanDays('deleted_at'),
  },
};
