import { Global, Module } from '@nestjs/common';
import type { ConfigType } from '@nestjs/config';
import { getLoggerToken, type PinoLogger } from 'nestjs-pino';

import { createRenderer, createTransport } from './create-transport.js';
import { PreviewsController } from './previews/previews.controller.js';
import { MailPreviews } from './previews/mail-previews.js';
import { brandingConfig } from '../branding/branding.config.js';
import { appConfig } from '../app/app.config.js';
import { emailConfig } from './email.config.js';
import { Outages } from '../observability/logging/outages.js';
import { Bulkhead } from '../resilience/bulkhead.js';
import { emailPolicy } from '../resilience/dependency-policies.js';
import { Workers } from '../workers/workers.service.js';
import { GuardedMailTransport } from './transports/guarded-mail-transport.js';
import { MailDelivery } from './mail-delivery.js';
import { MailQueue } from './mail-queue.js';
import { MailRenderer } from './templates/mail-renderer.js';
import { MailTelemetry } from './mail-telemetry.js';
import { isMailFault } from './messages/mail.errors.js';
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
        getLoggerToken('email'),
        emailConfig.KEY,
        MailRenderer,
        PublicUrl,
        brandingConfig.KEY,
        appConfig.KEY,
      ],
      useFactory: createGuardedTransport,
    },
    {
      provide: MailRenderer,
      inject: [PublicUrl, brandingConfig.KEY, emailConfig.KEY],
      useFactory: createRenderer,
    },
    PublicUrl,
    MailPreviews,
    MailQueue,
    MailTelemetry,
    MailDelivery,
  ],
  exports: [PublicUrl, GuardedMailTransport, MailQueue, MailDelivery, MailPreviews],
})
export class EmailModule {}

/** Previews over HTTP. */
@Module({ controllers: [PreviewsController] })
export class EmailHttpModule {}

async function createGuardedTransport(
  workers: Workers,
  outages: Outages,
  logger: PinoLogger,
  email: ConfigType<typeof emailConfig>,
  ...settings: [
    MailRenderer,
    PublicUrl,
    ConfigType<typeof brandingConfig>,
    ConfigType<typeof appConfig>,
  ]
): Promise<GuardedMailTransport> {
  const { timeoutMs } = email;
  const transport = await createTransport(email, ...settings, logger);
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
