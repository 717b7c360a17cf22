import { accessArea } from './access.config.js';
import { appArea } from './app.config.js';
import type { Area } from './area.js';
import { authArea } from './auth.config.js';
import { databaseArea } from './database.config.js';
import { emailArea } from './email.config.js';
import { healthArea } from './health.config.js';
import { httpArea } from './http.config.js';
import { jobsArea } from './jobs.config.js';
import { limitsArea } from './limits.config.js';
import { paymentArea } from './payment.config.js';
import { redisArea } from './redis.config.js';
import { telemetryArea } from './telemetry.config.js';
import { usersArea } from './users.config.js';
import { workersArea } from './workers.config.js';

/**
 * The one schema of the environment, cut into areas so that each process validates only what it
 * uses. The order is the order of `docs/configuration.md`.
 */
export const allAreas: readonly Area[] = [
  appArea,
  httpArea,
  accessArea,
  authArea,
  databaseArea,
  redisArea,
  usersArea,
  emailArea,
  paymentArea,
  workersArea,
  jobsArea,
  healthArea,
  limitsArea,
  telemetryArea,
] as readonly Area[];

/** What the job consumer uses: everything but who may call and how often. */
export const workerAreas: readonly Area[] = allAreas.filter(
  (area) => area !== (accessArea as Area) && area !== (limitsArea as Area),
);
