import { area, inProduction } from '../../config/area.js';
import { section } from '../../config/section.js';
import { databaseUrl } from '../../config/urls/database-url.js';
import { faultOfUse } from '../../config/urls/usable-database-url.js';
import { flag, seconds, timerMilliseconds, whole } from '../../config/variable-primitives.js';

const urlVariable = {
  schema: databaseUrl,
  secret: true,
  fallbackText: 'embedded PostgreSQL under `DATA_DIR`',
  about:
    'PostgreSQL 15 or newer. Optional only in development and test, which start an embedded one. Encrypted as told by `sslmode`, `sslrootcert`, `sslcert` and `sslkey`, which mean what they mean to libpq; without them TLS is used where the server offers it, and its certificate is not checked.',
} as const;

export const databaseArea = area({
  title: 'Database',
  variables: {
    DATABASE_URL: urlVariable,
    DATABASE_DIRECT_URL: {
      schema: databaseUrl,
      secret: true,
      follows: { name: 'DATABASE_URL', variable: urlVariable },
      fallbackText: '`DATABASE_URL`',
      about:
        'For migrations, advisory locks and LISTEN when `DATABASE_URL` is a transaction pooler.',
    },
    DATABASE_POOL_SIZE: {
      schema: whole(1, 1000),
      fallback: '10',
      about: 'Connections in the pool.',
    },
    DATABASE_MAX_OVERFLOW: {
      schema: whole(0, 1000),
      fallback: '20',
      about: 'Connections beyond the pool size under load; jobs included.',
    },
    DATABASE_POOL_RECYCLE: {
      schema: seconds(),
      fallback: '3600',
      about: 'Seconds after which a connection is replaced.',
    },
    DATABASE_STATEMENT_TIMEOUT_MS: {
      schema: timerMilliseconds(1, 3_600_000),
      fallback: '5000',
      about: 'Longest statement of the API; migrations and clean-up set their own.',
    },
    DATABASE_PREPARED_STATEMENTS: {
      schema: flag,
      fallbackText: '`true`, or `false` where `DATABASE_DIRECT_URL` differs from `DATABASE_URL`',
      about: 'Prepare hot statements by name, which most transaction poolers lose.',
    },
  },
  rules: [
    {
      variable: 'DATABASE_URL',
      check: inProduction(
        'is required outside development and test',
        (env) => env.DATABASE_URL === undefined,
      ),
    },
    {
      variable: 'DATABASE_URL',
      check: ({ DATABASE_URL: url }) => (url ? faultOfUse(url, process.env) : undefined),
    },
    {
      variable: 'DATABASE_DIRECT_URL',
      // If the default follows another setting, one fault for that setting is enough.
      check: ({ DATABASE_URL: other, DATABASE_DIRECT_URL: url }) =>
        url && url !== other ? faultOfUse(url, process.env) : undefined,
    },
  ],
});

export const databaseConfig = section('database', databaseArea, (env) => ({
  url: env.DATABASE_URL,
  directUrl: env.DATABASE_DIRECT_URL,
  poolMax: env.DATABASE_POOL_SIZE + env.DATABASE_MAX_OVERFLOW,
  recycleSeconds: env.DATABASE_POOL_RECYCLE,
  statementTimeoutMs: env.DATABASE_STATEMENT_TIMEOUT_MS,
  preparedStatements:
    env.DATABASE_PREPARED_STATEMENTS ?? env.DATABASE_DIRECT_URL === env.DATABASE_URL,
}));
