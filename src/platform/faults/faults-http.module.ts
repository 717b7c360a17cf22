import { Module } from '@nestjs/common';

import { FaultRegistry } from './fault-registry.js';
import { FaultSwitches } from './fault-switches.js';
import { FaultsController } from './faults.controller.js';

/** Fault switches for drills, where `FAULTS_ENABLED` allows them. */
@Module({
  controllers: [FaultsController],
  providers: [{ provide: FaultRegistry, useFactory: () => new FaultRegistry() }, FaultSwitches],
})
export class FaultsHttpModule {}
