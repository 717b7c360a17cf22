import { Inject, Injectable } from '@nestjs/common';

import { bodyFields } from '../../platform/common/request/body-fields.js';
import { EVERY_SCOPE } from '../../platform/common/request/principal.js';
import {
  ACCESS_TABLE,
  type AccessRequest,
  type AccessTable,
  type Action,
  type Candidate,
  isAllowed,
} from '../../platform/declarations/access.js';
import type { StepUpRule } from '../../platform/declarations/route-policy.js';
import { ApiKeys } from '../api-keys/management/api-keys.service.js';
import { paidTiers } from '../users/fields/user-fields.js';
import { UsersRepository } from '../users/users.repository.js';
import type { Invitation } from './invitation.entity.js';

/** A key of `API_KEY`: it has no id, and may do all that services may. */
const CONFIGURED_KEY: Candidate = { kind: 'service', scopes: new Set([EVERY_SCOPE]) };

/** Access actions of a request that invites. */
export function invitingActions({ body }: AccessRequest): Action[] {
  return actionsOf(bodyFields(body));
}

/** To make somebody a superuser is a change of roles. */
export const superuserNeedsStepUp: StepUpRule = ({ body }) =>
  bodyFields(body)['role'] === 'superuser';

/** Nobody invites to more than what they may give to a user who exists. */
function actionsOf({ role, tier }: { readonly role?: unknown; readonly tier?: unknown }): Action[] {
  const actions: Action[] = ['invitations:create'];
  if (role === 'superuser') actions.push('users:set-role');
  if (paidTiers.includes(String(tier))) actions.push('users:create-paid');
  return actions;
}

/** Checks inviters once more when somebody accepts. */
@Injectable()
export class InvitationRights {
  constructor(
    @Inject(ACCESS_TABLE) private readonly table: AccessTable,
    private readonly users: UsersRepository,
    private readonly keys: ApiKeys,
  ) {}

  /**
   * Whether the inviter still has the right to invite so. It stays true until the current transaction ends: a user is
   * locked.
   */
  async stillHeld(invitation: Invitation): Promise<boolean> {
    const inviter = await this.inviterOf(invitation);
    return (
      inviter !== undefined &&
      actionsOf(invitation).every((action) =>
        isAllowed(this.table, action, inviter, { registrationOpen: false }),
      )
    );
  }

  private async inviterOf({
    inviter_kind: kind,
    inviter_id: id,
  }: Invitation): Promise<Candidate | undefined> {
    if (id === null) return kind === 'service' ? CONFIGURED_KEY : undefined;
    if (kind === 'service') return this.keys.holder(id);
    const user = await this.users.lockIfPresent(id);
    return user?.status === 'active' ? { kind, userId: user.id, role: user.role } : undefined;
  }
}
