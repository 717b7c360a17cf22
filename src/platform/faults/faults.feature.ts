import type { Grantee } from '../declarations/access.js';
import { defineFeature } from '../declarations/feature.js';
import { limitsConfig } from '../http/limits/limits.config.js';

const actions = {
  'admin:faults': ['superuser', 'service'],
} as const satisfies Record<string, readonly Grantee[]>;

const auditActions = ['faults.begun', 'faults.ended'] as const;

declare module '../declarations/access.js' {
  interface Actions extends Record<keyof typeof actions, true> {}
}

declare module '../declarations/audit-actions.js' {
  interface AuditActions extends Record<(typeof auditActions)[number], true> {}
}

export const faults = defineFeature({
  name: 'faults',
  about: 'Fault switches for drills.',
  actions,
  auditActions,
  enabled: () => limitsConfig().faultsEnabled,
  modules: { api: async () => [(await import('./faults-http.module.js')).FaultsHttpModule] },
  hooks: {
    faults: async (app) => (await import('./allow-faults.js')).allowFaults(app),
    'fault-answers': async (app) => (await import('./allow-faults.js')).answerFaults(app),
  },
});
