import { defineFeature } from '../features/feature.js';
import { FaultsHttpModule } from './faults-http.module.js';

/** Only where `FAULTS_ENABLED` allows them. */
export const faults = defineFeature({ name: 'faults', modules: { api: [FaultsHttpModule] } });
