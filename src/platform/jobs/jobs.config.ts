import { registerAs } from '@nestjs/config';

import { area } from '../config/area.js';
import { values } from '../config/env.js';
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

export const jobsConfig = registerAs('jobs', () => ({
  inApi: values(jobsArea).JOBS_IN_API,
}));
