import type { Grantee } from '../declarations/access.js';
import { defineFeature } from '../declarations/feature.js';
import { allowFaults, answerFaults } from './allow-faults.js';
import { FaultsHttpModule } from './faults-http.module.js';

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

/** Only with `FAULTS_ENABLED`. */
export const faults = defineFeature({
  name: 'faults',
  about: 'Fault switches for drills.',
  actions,
  auditActions,
  modules: { api: [FaultsHttpModule] },
  hooks: { faults: allowFaults, 'fault-answers': answerFaults },
});
