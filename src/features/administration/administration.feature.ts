import type { Grantee } from '../../platform/declarations/access.js';
import { defineFeature } from '../../platform/declarations/feature.js';
import { AdministrationHttpModule } from './administration.module.js';
import { CreateSuperuserCommand } from './create-superuser.command.js';
import { ExportMetricsCommand } from './export-metrics.command.js';

const actions = {
  'admin:log-level': ['superuser', 'service'],
} as const satisfies Record<string, readonly Grantee[]>;

declare module '../../platform/declarations/access.js' {
  interface Actions extends Record<keyof typeof actions, true> {}
}

export const administration = defineFeature({
  name: 'administration',
  actions,
  modules: { api: [AdministrationHttpModule] },
  commands: [CreateSuperuserCommand, ExportMetricsCommand],
});
