import { defineFeature } from '../../platform/declarations/feature.js';
import { breachConfig } from './breaches/breach.config.js';
import { InvalidCredentials, InvalidToken, LastCredential } from './credential.errors.js';
import { MailedTokensModule } from './credentials.module.js';
import { credentialsData } from './credentials.personal-data.js';
import { passwordTasks } from './passwords/password-hasher.js';

const auditActions = [
  'auth.password-breached',
  'auth.password-refused',
  'user.password-rehashed',
] as const;

declare module '../../platform/declarations/audit-actions.js' {
  interface AuditActions extends Record<(typeof auditActions)[number], true> {}
}

export const credentials = defineFeature({
  name: 'credentials',
  about: 'Hashes and rules of passwords, breached passwords, lockout, mailed tokens.',
  auditActions,
  config: [breachConfig],
  problems: [InvalidCredentials, InvalidToken, LastCredential],
  modules: { api: [MailedTokensModule], worker: [MailedTokensModule] },
  threadTasks: Object.values(passwordTasks),
  personalData: credentialsData,
});
