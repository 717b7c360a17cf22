import { join } from 'node:path';

import { Global, Module } from '@nestjs/common';
import type { ConfigType } from '@nestjs/config';
import { getLoggerToken, PinoLogger } from 'nestjs-pino';

import { appConfig } from '../config/app.config.js';
import { emailConfig } from '../config/email.config.js';
import { Outages } from '../observability/outages.js';
import { emailPolicy } from '../resilience/dependency-policies.js';
import { Workers } from '../workers/workers.service.js';
import { GuardedMailTransport } from './guarded-mail-transport.js';
import { HttpMailTransport, MailRejected } from './http-mail-transport.js';
import { LogMailTransport } from './log-mail-transport.js';
import { MailQueue } from './mail-queue.js';
import { MailRenderer } from './mail-renderer.js';
import { MailTelemetry } from './mail-telemetry.js';
import { MailTransport } from './mail.js';
import { MailTransportCloser } from './mail-transport-closer.js';
import { OutboxMailTransport } from './outbox-mail-transport.js';
import { PublicUrl } from './public-url.js';

/** Mail: queued with the data it is about, delivered by the transport that the URL names. */
@Global()
@Module({
  providers: [
    {
      provide: MailTransport,
      inject: [
        Workers,
        Outages,
        emailConfig.KEY,
        PublicUrl,
        appConfig.KEY,
        getLoggerToken('email'),
      ],
      useFactory: createGuardedTransport,
    },
    PublicUrl,
    MailTransportCloser,
    MailQueue,
    MailTelemetry,
  ],
  exports: [PublicUrl, MailTransport, MailQueue, MailTelemetry],
})
export class EmailModule {}

async function createTransport(
  email: ConfigType<typeof emailConfig>,
  publicUrl: PublicUrl,
  app: ConfigType<typeof appConfig>,
  logger: PinoLogger,
): Promise<MailTransport> {
  const renderer = new MailRenderer(publicUrl);
  if (email.serviceUrl === undefined) {
    return new OutboxMailTransport(join(app.dataDir, 'outbox'), renderer);
  }
  if (email.serviceUrl === 'log:') return new LogMailTransport(logger);
  if (email.serviceUrl.startsWith('http')) {
    return new HttpMailTransport(email.serviceUrl, email.token);
  }
  // Loaded only where it is used: it costs every other process start-up time.
  const { SmtpMailTransport } = await import('./smtp-mail-transport.js');
  const from = email.from ?? `no-reply@${new URL(publicUrl.base).hostname}`;
  return new SmtpMailTransport(email.serviceUrl, from, renderer, email.timeoutMs);
}

async function createGuardedTransport(
  workers: Workers,
  outages: Outages,
  ...settings: Parameters<typeof createTransport>
): Promise<MailTransport> {
  const [{ timeoutMs }, , , logger] = settings;
  const policy = emailPolicy(
    {
      timeoutMs,
      inSlot: (call) => workers.submitIoTask('email', call),
      logger,
      outage: outages.of('email'),
    },
    // A mail that is refused says nothing about the service; one that cannot be sent does.
    (error) => !(error instanceof MailRejected && error.permanent),
  );
  return new GuardedMailTransport(await createTransport(...settings), policy);
}
