import { Module } from '@nestjs/common';
import { TerminusModule } from '@nestjs/terminus';

import { Drain } from '../app/drain.js';
import { DatabaseCheck } from './indicators/database-check.js';
import { DatabaseIndicator } from './indicators/database.indicator.js';
import { EmailIndicator } from './indicators/email.indicator.js';
import { PaymentIndicator } from './indicators/payment.indicator.js';
import { RedisIndicator } from './indicators/redis.indicator.js';
import { LivenessController } from './liveness.controller.js';
import { Readiness } from './readiness.js';
import { ReadinessController } from './readiness.controller.js';

/** The probes of the kubelet. */
@Module({
  // Silent: outages are logged once, where they are noticed.
  imports: [TerminusModule.forRoot({ logger: false })],
  controllers: [LivenessController, ReadinessController],
  providers: [
    Drain,
    DatabaseCheck,
    DatabaseIndicator,
    RedisIndicator,
    EmailIndicator,
    PaymentIndicator,
    Readiness,
  ],
  exports: [Drain, Readiness],
})
export class HealthModule {}
