import { Inject, Injectable } from '@nestjs/common';
import type { ConfigType } from '@nestjs/config';
import type { Counter } from '@opentelemetry/api';
import { MetricService } from 'nestjs-otel';

import { DailyFigures } from '../figures/daily-figures.js';
import { fromZero } from '../common/from-zero.js';
import { mailAddress } from '../common/mask.js';
import { telemetryConfig } from '../observability/telemetry.config.js';
import { safeMessage } from '../observability/logging/exception.js';
import { inSpan } from '../observability/tracing/spans.js';
import { PermanentJobError, PostponedJobError } from '../jobs/queue/job.errors.js';
import { wasRefusedByPolicy } from '../resilience/never-sent.js';
import { type MailTemplate, mailTemplates } from './messages/mail.js';

const results = ['sent', 'failed', 'dead'] as const;

/** Spans and the metric of mail delivery. */
@Injectable()
export class MailTelemetry {
  private readonly mails: Counter;

  constructor(
    @Inject(telemetryConfig.KEY) private readonly config: ConfigType<typeof telemetryConfig>,
    private readonly figures: DailyFigures,
    metrics: MetricService,
  ) {
    this.mails = metrics.getCounter('emails_total', {
      unit: '{mail}',
      description: 'Mail deliveries: sent, failed, or dead: refused for good, or the last attempt.',
    });
    fromZero(this.mails, { template: mailTemplates, result: results });
  }

  /** One delivery attempt. @param last whether it is the last one. */
  async delivery(
    template: MailTemplate,
    to: string,
    last: boolean,
    send: () => Promise<void>,
  ): Promise<void> {
    await inSpan(
      `send_${template}_email`,
      async (span) => {
        try {
          await send();
          span.setAttributes({ 'email.result': 'sent', 'function.result': 'success' });
          this.count(template, 'sent');
        } catch (error) {
          const message = safeMessage(error);
          span.setAttributes({
            'email.result': 'failed',
            'email.error': message,
            'function.result': 'error',
            'error.message': message,
          });
          // The service was not called, so this is not a delivery.
          if (!wasRefusedByPolicy(error))
            this.count(template, isEnd(error, last) ? 'dead' : 'failed');
          throw error;
        }
      },
      {
        attributes: {
          'function.name': 'send',
          'function.module': 'GuardedMailTransport',
          'external_service.name': 'email_service',
          'external_service.operation': 'send_email',
          'email.type': template,
          'email.recipient': mailAddress(to, this.config.pii),
        },
      },
    );
  }

  private count(template: MailTemplate, result: (typeof results)[number]): void {
    this.mails.add(1, { template, result });
    this.figures.add('mails', result);
  }
}

function isEnd(error: unknown, last: boolean): boolean {
  return (last && !(error instanceof PostponedJobError)) || error instanceof PermanentJobError;
}
