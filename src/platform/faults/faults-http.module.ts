import { Module } from '@nestjs/common';

import { FaultRegistry } from './fault-registry.js';
import { FaultSwitches } from './fault-switches.js';
import { FaultsController } from './faults.controller.js';

/** Fault switches for drills, with `FAULTS_ENABLED` only. */
@Module({
  controllers: [FaultsController],
  providers: [FaultRegistry, FaultSwitches],
})
export class FaultsHttpModule {}
