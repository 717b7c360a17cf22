import { z } from 'zod';

import { area } from '../../platform/config/area.js';
import { section } from '../../platform/config/section.js';
import { networkList } from '../../platform/outbound/networks.js';

/** The longest period, in hours: a year. */
const LONGEST = 8760;
const RULE = `must be a number of hours from 0 to ${LONGEST}`;

const hours = z
  .string()
  .regex(/^\d{1,4}(\.\d{1,6})?$/, { error: RULE })
  .transform(Number)
  .refine((value) => value <= LONGEST, { error: RULE })
  .describe(`hours, 0 to ${LONGEST}, decimals allowed`);

export const webhooksArea = area({
  title: 'Webhooks',
  variables: {
    WEBHOOK_RETRY_HOURS: {
      schema: hours,
      fallback: '72',
      about: 'How long a failed delivery is retried after its first attempt; then it is dead.',
    },
    WEBHOOK_ALLOWED_NETWORKS: {
      schema: networkList,
      about:
        'Networks that webhooks may reach although they are not globally reachable; unset: none.',
    },
  },
});

export const webhooksConfig = section('webhooks', webhooksArea, (env) => ({
  retryMs: env.WEBHOOK_RETRY_HOURS * 3_600_000,
  allowedNetworks: env.WEBHOOK_ALLOWED_NETWORKS ?? [],
}));
