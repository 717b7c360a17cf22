import { z } from 'zod';

import { area } from '../config/area.js';
import { section } from '../config/section.js';
import { list } from '../config/variable-primitives.js';

/** The dependencies that readiness checks, by their names in the response's `checks`. */
const dependencies = ['database', 'redis', 'external_apis'] as const;
export type Dependency = (typeof dependencies)[number];

const required = list()
  .transform((elements) => elements.map((element) => element.toLowerCase()))
  .pipe(
    z.array(z.enum(dependencies, { error: `must be a comma list of ${dependencies.join(', ')}` })),
  )
  .describe(`comma list of ${dependencies.map((name) => `\`${name}\``).join(', ')}`);

export const healthArea = area({
  title: 'Readiness',
  variables: {
    READINESS_REQUIRED: {
      schema: required,
      fallback: 'database',
      about:
        'Which failing check turns `/ready` to 503; the default keeps one mail outage from emptying the Service.',
    },
  },
});

export const healthConfig = section('health', healthArea, (env) => ({
  required: env.READINESS_REQUIRED,
}));
