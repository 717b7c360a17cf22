import { area } from '../config/area.js';
import { section } from '../config/section.js';
import { flag } from '../config/variable-primitives.js';

export const jobsArea = area({
  title: 'Jobs',
  variables: {
    JOBS_IN_API: {
      schema: flag,
      fallback: 'true',
      about: 'Consume jobs in the API process; `false` where `node dist/worker` runs.',
    },
  },
});

export const jobsConfig = section('jobs', jobsArea, (env) => ({
  inApi: env.JOBS_IN_API,
}));
