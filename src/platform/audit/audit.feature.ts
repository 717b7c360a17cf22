import { defineFeature } from '../features/feature.js';
import { AuditHttpModule } from './audit.module.js';

export const audit = defineFeature({ name: 'audit', modules: { api: [AuditHttpModule] } });
