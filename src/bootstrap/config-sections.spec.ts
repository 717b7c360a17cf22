import { sections } from './config-sections.js';
import { parseArea } from '../platform/config/env.js';
import { LONGEST_TIMER_MS } from '../platform/config/variable-primitives.js';

const areas = Object.values(sections).map(({ area }) => area);
const settings = areas.flatMap((area) =>
  Object.entries(area.variables).map(([name, { schema }]) => ({ area, name, schema })),
);
const names = areas.flatMap(({ variables }) => Object.keys(variables));

describe('the schema of the environment', () => {
  it('has defaults that obey their own rules', () => {
    for (const area of areas) expect(parseArea(area, {})).toHaveProperty('values');
  });

  it('declares each variable once', () => {
    expect(new Set(names).size).toBe(names.length);
  });

  it.each(['\u0001secret-canary', 'secret-canary,,', '-1', 'https://'])(
    'never repeats a value in a fault: %j',
    (value) => {
      const environment = Object.fromEntries(names.map((name) => [name, `${value}9f3c`]));
      const faults = areas.flatMap((area) => {
        const result = parseArea(area, environment);
        return 'faults' in result ? result.faults : [];
      });
      expect(faults.length).toBeGreaterThan(10);
      expect(JSON.stringify(faults)).not.toMatch(/canary|9f3c/);
    },
  );

  it('refuses in production what is for development only', () => {
    const faults = areas.flatMap((area) => {
      const result = parseArea(area, { ENVIRONMENT: 'production', FAULTS_ENABLED: 'true' });
      return 'faults' in result ? result.faults.map(({ name }) => name) : [];
    });
    expect(faults.toSorted()).toEqual([
      'API_KEY',
      'DATABASE_URL',
      'EMAIL_SERVICE_URL',
      'FAULTS_ENABLED',
      'JWT_SECRET',
    ]);
  });

  it.each([
    ['LOG_LEVEL', 'app', 'warning', 'warn'],
    ['LOG_LEVEL', 'app', 'Critical', 'fatal'],
    ['LOG_LEVEL', 'app', 'TRACE', 'trace'],
    ['TRUST_PROXY', 'http', '2', 2],
    ['TRUST_PROXY', 'http', 'FALSE', false],
    ['TRUST_PROXY', 'http', '10.0.0.0/8, ::1', ['10.0.0.0/8', '::1']],
    ['READINESS_REQUIRED', 'health', 'database, redis', ['database', 'redis']],
    ['CORS_ORIGINS', 'http', 'https://a.example', ['https://a.example']],
    ['EMAIL_SERVICE_URL', 'email', 'log:', 'log:'],
    ['EMAIL_SERVICE_URL', 'email', 'smtps://mail.example', 'smtps://mail.example'],
  ] as const)('reads %s of %s from %p as %p', (name, section, text, value) => {
    expect(parseArea(sections[section].area, { [name]: text })).toMatchObject({
      values: { [name]: value },
    });
  });

  it.each([
    ['LOG_LEVEL', 'app', 'LOUD'],
    ['LOG_LEVEL', 'app', 'toString'],
    ['TRUST_PROXY', 'http', '10.0.0.0/33'],
    ['TRUST_PROXY', 'http', 'everybody'],
    ['READINESS_REQUIRED', 'health', 'database,'],
    ['CORS_ORIGINS', 'http', 'https://a.example/path'],
    ['PORT', 'http', '65536'],
    ['PORT', 'http', '8080.5'],
    ['DATABASE_URL', 'database', 'mysql://x'],
    ['JWT_PRIVATE_KEY', 'auth', '-----BEGIN PRIVATE KEY-----\nAA\n-----END PRIVATE KEY-----'],
  ] as const)('rejects %s of %s as %j', (name, section, text) => {
    expect(parseArea(sections[section].area, { [name]: text })).toMatchObject({
      faults: [{ name }],
    });
  });

  describe('durations', () => {
    const unitMs = { milliseconds: 1, seconds: 1000, days: 86_400_000 };
    const durations = settings.flatMap(({ area, name, schema }) => {
      const [, unit, max] =
        /^(milliseconds|seconds|days), \d+ to (\d+)$/.exec(schema.description ?? '') ?? [];
      if (unit === undefined) return [];
      return [{ area, name, max: Number(max), ms: Number(max) * unitMs[unit as never] }];
    });

    it.each(durations)('takes $name at its maximum and refuses more', ({ area, name, max }) => {
      expect(parseArea(area, { [name]: String(max) })).toMatchObject({ values: { [name]: max } });
      expect(parseArea(area, { [name]: String(max + 1) })).toMatchObject({ faults: [{ name }] });
    });

    it('are within the reach of timers, but for those that no timer waits for', () => {
      const beyond = durations.filter(({ ms }) => ms > LONGEST_TIMER_MS).map(({ name }) => name);
      expect(beyond).toEqual([
        // Compared with a clock, or counted by PostgreSQL or Redis.
        'ACCESS_TOKEN_TTL',
        'REFRESH_TOKEN_TTL',
        'EMAIL_TOKEN_TTL',
        'PASSWORD_RESET_TTL',
        'DATABASE_POOL_RECYCLE',
        'RETENTION_DAYS',
        'AUDIT_RETENTION_DAYS',
        'EMAIL_RETRY_DELAY_SECONDS',
        'EMAIL_RETRY_DELAY_MAX_SECONDS',
        'RATE_LIMIT_WINDOW_SECONDS',
        'LOCKOUT_WINDOW_SECONDS',
        'LOCKOUT_MAX_SECONDS',
      ]);
    });

    it('are all declared as such', () => {
      const undeclared = names
        .filter((name) =>
          /(_MS|_SECONDS|_DAYS|_TTL|_RECYCLE|_TIMEOUT|_INTERVAL|_DELAY)$/.test(name),
        )
        .filter((name) => !durations.some((duration) => duration.name === name));
      expect(undeclared).toEqual([]);
    });
  });
});
