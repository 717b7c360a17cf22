import { defineFeature } from '../../platform/features/feature.js';
import { AdministrationHttpModule } from './administration.module.js';
import { CreateSuperuserCommand } from './create-superuser.command.js';
import { ExportMetricsCommand } from './export-metrics.command.js';

export const administration = defineFeature({
  name: 'administration',
  modules: { api: [AdministrationHttpModule] },
  commands: [CreateSuperuserCommand, ExportMetricsCommand],
});
