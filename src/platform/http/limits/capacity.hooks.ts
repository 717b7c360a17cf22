import type { NestFastifyApplication } from '@nestjs/platform-fastify';

import { AdmissionControl } from '../../overload/admission-control.js';
import { controlAdmission } from '../../overload/admission.hooks.js';
import { ThreadPool } from '../../workers/thread-pool.js';
import { limitsConfig } from './limits.config.js';

/** Refuses requests above the capacity of event loop and password threads, unless `ADMISSION_CONTROL=false`. */
export function admitByCapacity(app: NestFastifyApplication): void {
  if (!limitsConfig().admissionControl) return;
  const admission = new AdmissionControl(app.get(ThreadPool));
  controlAdmission(app.getHttpAdapter().getInstance(), admission);
}
