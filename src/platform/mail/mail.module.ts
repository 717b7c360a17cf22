import { join } from 'node:path';

import { Global, Module } from '@nestjs/common';
import type { ConfigType } from '@nestjs/config';
import { getLoggerToken, PinoLogger } from 'nestjs-pino';

import { appConfig } from '../app/app.config.js';
import { emailConfig } from './email.config.js';
import { Outages } from '../observability/logging/outages.js';
import { Bulkhead } from '../resilience/bulkhead.js';
import { emailPolicy } from '../resilience/dependency-policies.js';
import { Workers } from '../workers/workers.service.js';
import { GuardedMailTransport } from './transports/guarded-mail-transport.js';
import { HttpMailTransport } from './transports/http-mail-transport.js';
import { LogMailTransport } from './transports/log-mail-transport.js';
import { MailDelivery } from './mail-delivery.js';
import { MailQueue } from './mail-queue.js';
import { MailRenderer } from './messages/mail-renderer.js';
import { MailTelemetry } from './mail-telemetry.js';
import { isMailFault } from './messages/mail.errors.js';
import type { MailTransport } from './messages/mail.js';
import { OutboxMailTransport } from './transports/outbox-mail-transport.js';
import { PublicUrl } from './messages/public-url.js';

/** Mail: queued together with its data, delivered by the transport of the URL. */
@Global()
@Module({
  providers: [
    {
      provide: GuardedMailTransport,
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
    MailQueue,
    MailTelemetry,
    MailDelivery,
  ],
  exports: [PublicUrl, GuardedMailTransport, MailQueue, MailDelivery],
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
  if (/^https?:/i.test(email.serviceUrl)) {
    return new HttpMailTransport(email.serviceUrl, email.token);
  }
  // Loaded only when used, to keep the start of other processes fast.
  const { SmtpMailTransport } = await import('./transports/smtp-mail-transport.js');
  const from = email.from ?? `no-reply@${new URL(publicUrl.base).hostname}`;
  return new SmtpMailTransport(email.serviceUrl, from, renderer, email.timeoutMs);
}

async function createGuardedTransport(
  workers: Workers,
  outages: Outages,
  ...settings: Parameters<typeof createTransport>
): Promise<GuardedMailTransport> {
  const [{ timeoutMs }, , , logger] = settings;
  const transport = await createTransport(...settings);
  const inTurn = takingTurns(transport.concurrency);
  const policy = emailPolicy(
    {
      timeoutMs,
      inSlot: (call) => workers.submitIoTask('email', async () => inTurn(call)),
      logger,
      outage: outages.of('email'),
    },
    (error) => !isMailFault(error),
  );
  return new GuardedMailTransport(transport, policy);
}

/** The time of a mail starts with its attempt, not while it waits for others. */
function takingTurns(concurrency: number) {
  if (concurrency === Infinity) return async <Result>(call: () => Promise<Result>) => call();
  const names = ['mail_transport'] as const;
  const turns = new Bulkhead({ names, slots: concurrency, reserve: 0, queue: Infinity });
  return async <Result>(call: () => Promise<Result>) => turns.execute('mail_transport', call);
}
