import { area, inProduction } from '../../../platform/config/area.js';
import { section } from '../../../platform/config/section.js';
import { breachListUrl } from '../../../platform/config/urls/service-url.js';

export const breachArea = area({
  title: 'Breached passwords',
  variables: {
    BREACH_CHECK: {
      schema: breachListUrl,
      secret: true,
      about:
        'Refuses passwords known from data breaches: `https://` base of a range service (GET `<base>/<first 5 of the SHA-1>`), or `file:` and the path of a sorted list of `SHA1:count` lines. Unset: no check.',
    },
  },
  rules: [
    {
      variable: 'BREACH_CHECK',
      check: inProduction(
        'must be https: or file: in production',
        (env) => env.BREACH_CHECK?.startsWith('http:') === true,
      ),
    },
  ],
});

export const breachConfig = section('breach', breachArea, (env) => ({ list: env.BREACH_CHECK }));
