import { area, inProduction } from '../../config/area.js';
import { section } from '../../config/section.js';
import { flag, seconds, whole } from '../../config/variable-primitives.js';

const count = whole(0, 1_000_000_000);

export const limitsArea = area({
  title: 'Limits and drills',
  variables: {
    RATE_LIMIT_WINDOW_SECONDS: {
      schema: seconds(),
      fallback: '60',
      about: 'Window of the rate limits.',
    },
    RATE_LIMIT_REQUESTS: {
      schema: count,
      fallback: '1200',
      about: 'Requests per source (IPv4 address, IPv6 /64) and window; `0` = off.',
    },
    RATE_LIMIT_LOGINS: {
      schema: count,
      fallback: '60',
      about:
        'Log-ins per source and window; `0` = off. Two more counts have this limit: mailed tokens that are asked for or used, and challenges of passkeys.',
    },
    RATE_LIMIT_SIGNUPS: {
      schema: count,
      fallback: '60',
      about: 'Sign-ups per source and window; `0` = off.',
    },
    LOCKOUT_THRESHOLD: {
      schema: whole(1, 1_000_000),
      fallback: '10',
      about: 'Failed log-ins per account and source from which delays begin.',
    },
    LOCKOUT_WINDOW_SECONDS: {
      schema: seconds(),
      fallback: '900',
      about: 'Window in which failed log-ins count.',
    },
    LOCKOUT_MAX_SECONDS: { schema: seconds(), fallback: '900', about: 'Longest delay.' },
    LOCKOUT_ACCOUNT_THRESHOLD: {
      schema: whole(1, 1_000_000),
      fallback: '100',
      about:
        'Failed log-ins per account and hour past which sources that never signed in to it are refused.',
    },
    ADMISSION_CONTROL: {
      schema: flag,
      fallback: 'true',
      about:
        'Refuse requests there is no capacity for; `false` only to measure what that is worth.',
    },
    FAULTS_ENABLED: {
      schema: flag,
      fallback: 'false',
      about: 'Fault switches for drills; refused in production.',
    },
  },
  rules: [
    {
      variable: 'FAULTS_ENABLED',
      check: inProduction('must be false in production', (env) => env.FAULTS_ENABLED),
    },
  ],
});

export const limitsConfig = section(
  'limits',
  limitsArea,
  (env) => ({
    windowSeconds: env.RATE_LIMIT_WINDOW_SECONDS,
    requests: env.RATE_LIMIT_REQUESTS,
    logins: env.RATE_LIMIT_LOGINS,
    signups: env.RATE_LIMIT_SIGNUPS,
    lockout: {
      threshold: env.LOCKOUT_THRESHOLD,
      windowSeconds: env.LOCKOUT_WINDOW_SECONDS,
      maxSeconds: env.LOCKOUT_MAX_SECONDS,
      accountThreshold: env.LOCKOUT_ACCOUNT_THRESHOLD,
    },
    admissionControl: env.ADMISSION_CONTROL,
    faultsEnabled: env.FAULTS_ENABLED,
  }),
  { apiOnly: true },
);
