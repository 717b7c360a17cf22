import { Module } from '@nestjs/common';
import { TerminusModule } from '@nestjs/terminus';

import { DatabaseCheck } from './database-check.js';
import { Drain } from '../app/drain.js';
import { LivenessController } from './liveness.controller.js';
import { Readiness } from './readiness.js';
import { ReadinessController } from './readiness.controller.js';

/** The probes of the kubelet. */
@Module({
  imports: [TerminusModule],
  controllers: [LivenessController, ReadinessController],
  providers: [Drain, DatabaseCheck, Readiness],
  exports: [Drain],
})
export class HealthModule {}
