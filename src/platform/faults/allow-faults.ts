import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Pool } from 'pg';

import { DependencyUnavailable } from '../problems/problem.js';
import { emailConfig } from '../mail/email.config.js';
import { paymentConfig } from '../payments/payment.config.js';
import { SharedWork } from '../database/statements/shared-work.js';
import { GuardedMailTransport } from '../mail/transports/guarded-mail-transport.js';
import { FaultRegistry } from './fault-registry.js';
import { injectFaults, assignFaults } from './fault.hooks.js';
import { failCalls, failFetch } from './lose-dependencies.js';
import { RedisConnection } from '../redis/redis-connection.js';

/**
 * Prepares a process for fault switches: each dependency can be cut off at the lowest function that
 * all its callers share, so that all code above works as in a real outage. Called only with
 * `FAULTS_ENABLED`, and before all other hooks are added.
 */
export function allowFaults(app: NestFastifyApplication): void {
  const registry = app.get(FaultRegistry);
  assignFaults(app.getHttpAdapter().getInstance(), registry);
  loseDatabase(registry);
  const { client } = app.get(RedisConnection);
  // Commands go through the prototype of the object that `createClient` returns.
  if (client) failCalls(registry, 'redis', Object.getPrototypeOf(client) as object, 'sendCommand');
  loseMail(registry, app.get(GuardedMailTransport));
  const { serviceUrl } = paymentConfig();
  if (serviceUrl !== undefined) failFetch(registry, 'payment', serviceUrl);
}

/** Applies the latency and the answers of faults to requests. Needs `allowFaults`. */
export function answerFaults(app: NestFastifyApplication): void {
  injectFaults(app.getHttpAdapter().getInstance(), app.get(FaultRegistry));
}

function loseDatabase(registry: FaultRegistry): void {
  // TypeORM, prepared statements and pg-boss all take their connections from a pool of this class.
  failCalls(registry, 'database', Pool.prototype, 'connect');
  // Shared work uses one connection for all its requests, so requests with a lost database must not
  // join.
  failCalls(
    registry,
    'database',
    SharedWork.prototype,
    'add',
    (cause) => new DependencyUnavailable({ cause }),
  );
}

/** An HTTP service fails in `fetch`. Any other transport fails below its policy. */
function loseMail(registry: FaultRegistry, { inner }: GuardedMailTransport): void {
  const { serviceUrl } = emailConfig();
  if (serviceUrl?.startsWith('http') === true) return failFetch(registry, 'email', serviceUrl);
  failCalls(registry, 'email', inner, 'send');
}
