import { accessArea, accessConfig } from '../platform/config/access.config.js';
import { appArea, appConfig } from '../platform/config/app.config.js';
import type { Area } from '../platform/config/area.js';
import type { Section, SectionConfig } from '../platform/config/section.js';
import { authArea, authConfig } from '../platform/config/auth.config.js';
import { databaseArea, databaseConfig } from '../platform/database/connection/database.config.js';
import { emailArea, emailConfig } from '../platform/mail/email.config.js';
import { healthArea, healthConfig } from '../platform/health/health.config.js';
import { httpArea, httpConfig } from '../platform/http/server/http.config.js';
import { jobsArea, jobsConfig } from '../platform/jobs/jobs.config.js';
import { limitsArea, limitsConfig } from '../platform/http/limits/limits.config.js';
import { paymentArea, paymentConfig } from '../platform/payments/payment.config.js';
import { redisArea, redisConfig } from '../platform/redis/redis.config.js';
import { telemetryArea, telemetryConfig } from '../platform/observability/telemetry.config.js';
import { usersArea, usersConfig } from '../features/users/users.config.js';
import { workersArea, workersConfig } from '../platform/workers/workers.config.js';

/**
 * The one schema of the environment, cut into sections so that each process validates only what
 * it uses. The order is the order of `docs/configuration.md`.
 */
export const sections = {
  app: { area: appArea as unknown as Area, config: appConfig },
  http: { area: httpArea as unknown as Area, config: httpConfig },
  access: { area: accessArea as unknown as Area, config: accessConfig },
  auth: { area: authArea as unknown as Area, config: authConfig },
  database: { area: databaseArea as unknown as Area, config: databaseConfig },
  redis: { area: redisArea as unknown as Area, config: redisConfig },
  users: { area: usersArea as unknown as Area, config: usersConfig },
  email: { area: emailArea as unknown as Area, config: emailConfig },
  payment: { area: paymentArea as unknown as Area, config: paymentConfig },
  workers: { area: workersArea as unknown as Area, config: workersConfig },
  jobs: { area: jobsArea as unknown as Area, config: jobsConfig },
  health: { area: healthArea as unknown as Area, config: healthConfig },
  limits: { area: limitsArea as unknown as Area, config: limitsConfig },
  telemetry: { area: telemetryArea as unknown as Area, config: telemetryConfig },
} as const satisfies Record<string, Section>;

/** What the API process uses. */
export const apiConfigs: readonly SectionConfig[] = Object.values(sections).map(
  ({ config }) => config,
);

/** What the job consumer uses: everything but who may call and how often. */
export const workerConfigs = apiConfigs.filter(
  (config) => config !== accessConfig && config !== limitsConfig,
);

/** The variables behind some typed values. */
export function areasOf(configs: readonly SectionConfig[]): Area[] {
  return Object.values(sections).flatMap(({ area, config }) =>
    configs.includes(config) ? [area] : [],
  );
}
