import { sections } from './areas.js';
import { parseArea } from './env.js';

const areas = Object.values(sections).map(({ area }) => area);
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
});
