import { z } from 'zod';

import { assuranceLevels } from '../../../platform/common/request/principal.js';

export const currentSession = z
  .object({
    id: z.uuid(),
    user_id: z.uuid(),
    acr: z.enum(assuranceLevels),
    csrf_token: z
      .string()
      .describe(
        'For `X-CSRF-Token`, with requests that change something and have a session cookie',
      ),
  })
  .meta({ id: 'CurrentSession' });

export type CurrentSession = z.infer<typeof currentSession>;
