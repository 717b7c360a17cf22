import { area, inProduction } from '../../config/area.js';
import { section } from '../../config/section.js';
import { flag, isStrong, list, oneOf } from '../../config/variable-primitives.js';

export const accessArea = area({
  title: 'Callers',
  variables: {
    API_KEY: {
      schema: list('comma list of keys'),
      secret: true,
      about: 'Service-to-service keys (`X-API-Key`). Production: at least one, 32+ bytes each.',
    },
    REGISTRATION: {
      schema: oneOf(['open', 'closed']),
      fallback: 'open',
      about: '`closed`: `POST /users` needs a superuser or an API key.',
    },
    SIGNUP_DISCLOSURE: {
      schema: flag,
      fallback: 'true',
      about:
        '`false`: anonymous sign-up always answers 202 with one body, and the owner of a taken address gets a mail.',
    },
  },
  rules: [
    {
      variable: 'API_KEY',
      check: inProduction('is required in production', (env) => env.API_KEY === undefined),
    },
    {
      variable: 'API_KEY',
      check: inProduction(
        'must have at least 32 bytes in each element',
        (env) => env.API_KEY !== undefined && !env.API_KEY.every(isStrong),
      ),
    },
  ],
});

export const accessConfig = section(
  'access',
  accessArea,
  (env) => ({
    apiKeys: env.API_KEY ?? [],
    registrationOpen: env.REGISTRATION === 'open',
    signupDisclosure: env.SIGNUP_DISCLOSURE,
  }),
  { apiOnly: true },
);
