import { appArea } from '../../app/app.config.js';
import { area, inProduction } from '../../config/area.js';
import { section } from '../../config/section.js';
import { flag, isStrong, list, oneOf, seconds } from '../../config/variable-primitives.js';

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
    STEP_UP_MAX_AGE: {
      schema: seconds(),
      fallback: '900',
      about:
        'Seconds for which a proved second factor is enough to change credentials, rights and the like.',
    },
    SUPERUSER_SECOND_FACTOR: {
      schema: oneOf(['required', 'optional']),
      follows: {
        name: 'ENVIRONMENT',
        variable: appArea.variables.ENVIRONMENT,
        as: (environment: string) =>
          ['development', 'test'].includes(environment.toLowerCase()) ? 'optional' : 'required',
      },
      fallbackText: '`required`; `optional` in development and test',
      about:
        '`required`: a superuser who did not prove a second factor in the session has the rights of other users.',
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
    stepUpMaxAge: env.STEP_UP_MAX_AGE,
    superusersNeedSecondFactor: env.SUPERUSER_SECOND_FACTOR === 'required',
  }),
  { apiOnly: true },
);
