import { administration } from '../features/administration/administration.feature.js';
import { apiKeys } from '../features/api-keys/api-keys.feature.js';
import { bulk } from '../features/bulk/bulk.feature.js';
import { console } from '../features/console/console.feature.js';
import { credentials } from '../features/credentials/credentials.feature.js';
import { factors } from '../features/factors/factors.feature.js';
import { identities } from '../features/identities/identities.feature.js';
import { invitations } from '../features/invitations/invitations.feature.js';
import { operations } from '../features/operations/operations.feature.js';
import { pages } from '../features/pages/pages.feature.js';
import { privacy } from '../features/privacy/privacy.feature.js';
import { profile } from '../features/profile/profile.feature.js';
import { recovery } from '../features/recovery/recovery.feature.js';
import { sessions } from '../features/sessions/sessions.feature.js';
import { signUp } from '../features/sign-up/sign-up.feature.js';
import { tiers } from '../features/tiers/tiers.feature.js';
import { users } from '../features/users/users.feature.js';
import { webhooks } from '../features/webhooks/webhooks.feature.js';
import { app } from '../platform/app/app.feature.js';
import { audit } from '../platform/audit/audit.feature.js';
import { branding } from '../platform/branding/branding.feature.js';
import { cli } from '../platform/cli/cli.feature.js';
import { dataKey } from '../platform/data-key/data-key.feature.js';
import { database } from '../platform/database/database.feature.js';
import { figures } from '../platform/figures/figures.feature.js';
import { events } from '../platform/events/events.feature.js';
import { faults } from '../platform/faults/faults.feature.js';
import type { Feature } from '../platform/declarations/feature.js';
import { health } from '../platform/health/health.feature.js';
import { http } from '../platform/http/http.feature.js';
import { idempotency } from '../platform/idempotency/idempotency.feature.js';
import { jobs } from '../platform/jobs/jobs.feature.js';
import { mail } from '../platform/mail/mail.feature.js';
import { observability } from '../platform/observability/observability.feature.js';
import { payments } from '../platform/payments/payments.feature.js';
import { redis } from '../platform/redis/redis.feature.js';
import { workers } from '../platform/workers/workers.feature.js';

/**
 * The parts of the service, in the order of `docs/configuration.md`, of the API page and of the
 * list of commands.
 */
export const features: readonly Feature[] = [
  cli,
  app,
  http,
  database,
  dataKey,
  redis,
  branding,
  mail,
  payments,
  workers,
  jobs,
  idempotency,
  audit,
  events,
  users,
  credentials,
  factors,
  signUp,
  profile,
  recovery,
  apiKeys,
  sessions,
  identities,
  invitations,
  webhooks,
  tiers,
  bulk,
  privacy,
  pages,
  health,
  observability,
  administration,
  figures,
  operations,
  console,
  faults,
];
