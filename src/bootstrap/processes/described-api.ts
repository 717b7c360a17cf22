import type { DynamicModule } from '@nestjs/common';
import { pino } from 'pino';

import type { Feature } from '../../platform/declarations/feature.js';
import { LogLevel } from '../../platform/observability/logging/log-level.js';
import { RequestDurations } from '../../platform/observability/metrics/request-durations.js';
import { features } from '../features.js';
import { AppModule } from './app.module.js';

/**
 * The modules of the API for those who look at its routes and never start it.
 * @param chosen see `AppModule.forApi`.
 */
export function describedApi(chosen: readonly Feature[] = features): Promise<DynamicModule> {
  const foundation = {
    logger: pino({ enabled: false }),
    level: new LogLevel('info'),
    address: { url: '', directUrl: '' },
    requests: new RequestDurations(),
  };
  return AppModule.forApi(foundation, false, chosen);
}
