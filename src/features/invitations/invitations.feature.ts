import type { Grantee } from '../../platform/declarations/access.js';
import { defineFeature } from '../../platform/declarations/feature.js';
import { invitationMailJob } from './invitation-mail.js';
import { InvitationPending } from './invitation.errors.js';
import { invitationsConfig } from './invitations.config.js';
import { InvitationsHttpModule, InvitationsModule } from './invitations.module.js';
import { invitationsData } from './invitations.personal-data.js';

const actions = {
  'invitations:create': ['superuser', 'service'],
  'invitations:read': ['superuser', 'service'],
  'invitations:delete': ['superuser', 'service'],
} as const satisfies Record<string, readonly Grantee[]>;

const auditActions = [
  'invitation.created',
  'invitation.resent',
  'invitation.deleted',
  'invitation.accepted',
] as const;

declare module '../../platform/declarations/access.js' {
  interface Actions extends Record<keyof typeof actions, true> {}
}

declare module '../../platform/declarations/audit-actions.js' {
  interface AuditActions extends Record<(typeof auditActions)[number], true> {}
}

export const invitations = defineFeature({
  name: 'invitations',
  about: 'Accounts for people whom a superuser or a service invites by mail.',
  actions,
  auditActions,
  problems: [InvitationPending],
  logFields: {
    invitation_id: 'Id of an invitation',
  },
  config: [invitationsConfig],
  jobs: [invitationMailJob],
  modules: { api: [InvitationsHttpModule], worker: [InvitationsModule] },
  personalData: [invitationsData],
});
