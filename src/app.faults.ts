import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DataSource } from 'typeorm';

import { emailConfig } from './config/email.config.js';
import { paymentConfig } from './config/payment.config.js';
import { MailTransport } from './email/mail.js';
import { FaultRegistry } from './faults/fault-registry.js';
import { injectFaults } from './faults/fault.hooks.js';
import { loseCalls, loseFetch } from './faults/lose-dependencies.js';
import { RedisConnection } from './redis/redis-connection.js';

/**
 * Prepares a process for fault switches: the ways to its dependencies can be cut, each at the
 * lowest place that all of its callers share, so that everything above it works as in real life.
 * Nothing of this is there without `FAULTS_ENABLED`.
 */
export function allowFaults(app: NestFastifyApplication): void {
  const registry = app.get(FaultRegistry);
  injectFaults(app.getHttpAdapter().getInstance(), registry);
  loseCalls(registry, 'database', app.get(DataSource).driver, ['obtainMasterConnection']);
  const { client } = app.get(RedisConnection);
  if (client) loseCalls(registry, 'redis', client, ['sendCommand']);
  const { serviceUrl } = emailConfig();
  if (serviceUrl?.startsWith('http') === true) loseFetch(registry, 'email', serviceUrl);
  else loseCalls(registry, 'email', app.get(MailTransport), ['send']);
  loseFetch(registry, 'payment', paymentConfig().serviceUrl);
}
