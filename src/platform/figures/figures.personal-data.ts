import type { PersonalData } from '../declarations/personal-data.js';

/** How many days can be asked for, and are kept. */
export const MAX_DAYS = 366;

/** Counts name nobody; only their number of rows is limited. */
export const figuresData: PersonalData = {
  table: 'public.daily_figures',
  export: { none: 'Counts are about no person.' },
  erasure: { none: 'Counts are about no person.' },
  retention: {
    kind: 'tokens',
    over: `day < now() - make_interval(days => greatest($1, ${MAX_DAYS}))`,
    uncounted: true,
  },
};
