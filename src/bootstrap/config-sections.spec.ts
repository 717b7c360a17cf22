import { parseArea } from '../platform/config/env.js';
import { LONGEST_TIMER_MS } from '../platform/config/variable-primitives.js';
import { sections } from './config-sections.js';

const areas = sections.map(({ area }) => area);
const settings = areas.flatMap((area) =>
  Object.entries(area.variables).map(([name, { schema }]) => ({ area, name, schema })),
);
const names = areas.flatMap(({ variables }) => Object.keys(variables));

function parse(name: string, text: string) {
  const area = settings.find((setting) => setting.name === name)?.area;
  return area && parseArea(area, { [name]: text });
}

describe('the schema of the environment', () => {
  it('has valid defaults', () => {
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

  it('refuses development-only values in production', () => {
    const faults = areas.flatMap((area) => {
      const result = parseArea(area, { ENVIRONMENT: 'production', FAULTS_ENABLED: 'true' });
      return 'faults' in result ? result.faults.map(({ name }) => name) : [];
    });
    expect(faults.toSorted()).toEqual([
      'API_KEY',
      'DATABASE_URL',
      'DATA_KEY',
      'EMAIL_SERVICE_URL',
      'FAULTS_ENABLED',
      'JWT_SECRET',
      'PUBLIC_URL',
    ]);
  });

  it.each([
    ['LOG_LEVEL', 'warning', 'warn'],
    ['LOG_LEVEL', 'Critical', 'fatal'],
    ['LOG_LEVEL', 'TRACE', 'trace'],
    ['TRUST_PROXY', '2', 2],
    ['TRUST_PROXY', 'FALSE', false],
    ['TRUST_PROXY', '10.0.0.0/8, ::1', ['10.0.0.0/8', '::1']],
    ['READINESS_REQUIRED', 'database, redis', ['database', 'redis']],
    ['CORS_ORIGINS', 'https://a.example', ['https://a.example']],
    ['EMAIL_SERVICE_URL', 'log:', 'log:'],
    ['EMAIL_SERVICE_URL', 'smtps://mail.example', 'smtps://mail.example'],
  ] as const)('reads %s from %p as %p', (name, text, value) => {
    expect(parse(name, text)).toMatchObject({
      values: { [name]: value },
    });
  });

  it.each([
    ['LOG_LEVEL', 'LOUD'],
    ['LOG_LEVEL', 'toString'],
    ['TRUST_PROXY', '10.0.0.0/33'],
    ['TRUST_PROXY', 'everybody'],
    ['READINESS_REQUIRED', 'database,'],
    ['CORS_ORIGINS', 'https://a.example/path'],
    ['PORT', '65536'],
    ['PORT', '8080.5'],
    ['DATABASE_URL', 'mysql://x'],
    ['JWT_PRIVATE_KEY', '-----BEGIN PRIVATE KEY-----\nAA\n-----END PRIVATE KEY-----'],
  ] as const)('rejects %s as %j', (name, text) => {
    expect(parse(name, text)).toMatchObject({
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

    it.each(durations)('accepts $name at its maximum and refuses more', ({ area, name, max }) => {
      expect(parseArea(area, { [name]: String(max) })).toMatchObject({ values: { [name]: max } });
      expect(parseArea(area, { [name]: String(max + 1) })).toMatchObject({ faults: [{ name }] });
    });

    it('fit into a timer, except those without a timer', () => {
      const beyond = durations.filter(({ ms }) => ms > LONGEST_TIMER_MS).map(({ name }) => name);
      expect(beyond).toEqual([
        // Compared with a clock, or counted by PostgreSQL or Redis.
        'STEP_UP_MAX_AGE',
        'ACCESS_TOKEN_TTL',
        'REFRESH_TOKEN_TTL',
        'SESSION_MAX_SECONDS',
        'EMAIL_TOKEN_TTL',
        'PASSWORD_RESET_TTL',
        'RATE_LIMIT_WINDOW_SECONDS',
        'LOCKOUT_WINDOW_SECONDS',
        'LOCKOUT_MAX_SECONDS',
        'DATABASE_POOL_RECYCLE',
        'EMAIL_RETRY_DELAY_SECONDS',
        'EMAIL_RETRY_DELAY_MAX_SECONDS',
        'EVENTS_RETENTION_DAYS',
        'RETENTION_DAYS',
        'AUDIT_RETENTION_DAYS',
        'INVITATION_TTL',
      ]);
    });

    it('are all declared as durations', () => {
      const undeclared = names
        .filter((name) =>
          /(_MS|_SECONDS|_DAYS|_TTL|_RECYCLE|_TIMEOUT|_INTERVAL|_DELAY)$/.test(name),
        )
        .filter((name) => !durations.some((duration) => duration.name === name));
      expect(undeclared).toEqual([]);
    });
  });
});
