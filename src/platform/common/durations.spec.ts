import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const SOURCE = join(import.meta.dirname, '../..');

/** Who may ask what time it is, and for what: to show or store it, or to compare it with another's. */
const INSTANTS: Readonly<Record<string, string>> = {
  'platform/faults/faults.schemas.ts': 'shows when a fault ends',
  'features/sessions/tokens/access-tokens.ts': 'claims of tokens are seconds since 1970',
  'features/sessions/sign-in/new-session.ts': 'auth_time of tokens is seconds since 1970',
  'features/identities/providers/oidc-provider.ts':
    'openid-client dates keys in seconds since 1970',
  'platform/http/access/step-up.ts': 'compares auth_time, which another replica may have made',
  'platform/database/client/database-facts.ts': 'compares the clock with that of the database',
  'platform/database/embedded/postmaster.ts': 'the age of a file',
  'platform/faults/fault-registry.ts': 'from an instant that was computed a moment ago',
  'platform/observability/logging/log-level.ts': 'shows when a level ends',
  'platform/observability/logging/logger.ts': 'timestamps of lines',
  'platform/observability/metrics/durations.ts': 'timestamps of exemplars',
  'platform/observability/metrics/runtime-metrics.ts': 'when the process started',
  'platform/resilience/retry-after.ts': 'a server may name an instant',
  'platform/events/outbox/event-retention.ts': 'days of partitions, which the database dates',
  'features/webhooks/sending/delivery-sender.ts': 'receivers compare it with their clock',
  'features/bulk/format/bulk-user.ts': 'dates of imports are not in the future',
};

describe('durations', () => {
  it('are measured by a monotonic clock', () => {
    const asking = globSync('**/*.ts', { cwd: SOURCE }).filter(
      (file) =>
        !file.endsWith('.spec.ts') &&
        /\bDate\.now\b/.test(readFileSync(join(SOURCE, file), 'utf8')),
    );
    expect(asking.filter((file) => INSTANTS[file] === undefined)).toEqual([]);
  });
});
