import { defineFeature } from '../features/feature.js';
import { AuditHttpModule } from './audit.module.js';
import { auditData } from './audit.personal-data.js';

export const audit = defineFeature({
  name: 'audit',
  modules: { api: [AuditHttpModule] },
  personalData: [auditData],
});
