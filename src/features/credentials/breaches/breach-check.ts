import { createHash } from 'node:crypto';

import { Inject, Injectable } from '@nestjs/common';
import type { ConfigType } from '@nestjs/config';
import { metrics } from '@opentelemetry/api';
import { InjectPinoLogger, PinoLogger } from 'nestjs-pino';

import { fromZero } from '../../../platform/common/from-zero.js';
import { Outages } from '../../../platform/observability/logging/outages.js';
import { breachPolicy } from '../../../platform/resilience/dependency-policies.js';
import { BreachFile } from './breach-file.js';
import type { BreachList } from './breach-list.js';
import { breachConfig } from './breach.config.js';
import { RangeService } from './range-service.js';

const results = ['clean', 'breached', 'unavailable'] as const;
type Result = (typeof results)[number];

/** Looks passwords up in the list of `BREACH_CHECK`, if there is one. */
@Injectable()
export class BreachCheck {
  private readonly lookUp: ((sha1: string) => Promise<boolean>) | undefined;
  private readonly checks = metrics.getMeter('auth').createCounter('breach_checks_total', {
    unit: '{check}',
    description: 'Passwords looked up in the list of breached ones, by result.',
  });

  constructor(
    @Inject(breachConfig.KEY) { list: address }: ConfigType<typeof breachConfig>,
    @InjectPinoLogger('breaches') logger: PinoLogger,
    outages: Outages,
  ) {
    fromZero(this.checks, { result: results });
    if (address === undefined) return;
    const list = listAt(address);
    const policy = breachPolicy(logger, outages.of('breach'));
    this.lookUp = (sha1) => policy((signal) => list.has(sha1, signal));
  }

  /** Whether there is a list. */
  get isOn(): boolean {
    return this.lookUp !== undefined;
  }

  /**
   * Whether a password is known from a data breach; false without a list, and where the list does
   * not answer within 250 ms. Never throws.
   * @param password normalised.
   */
  async isBreached(password: string): Promise<boolean> {
    if (this.lookUp === undefined) return false;
    const sha1 = createHash('sha1').update(password).digest('hex').toUpperCase();
    const result = await this.lookUp(sha1).then(
      (found): Result => (found ? 'breached' : 'clean'),
      // The policy has logged the outage.
      (): Result => 'unavailable',
    );
    this.checks.add(1, { result });
    return result === 'breached';
  }
}

function listAt(address: string): BreachList {
  return address.startsWith('file:')
    ? new BreachFile(address.slice('file:'.length))
    : new RangeService(address);
}
