import type { AccessRequest, Action } from '../../platform/declarations/access.js';
import type { StepUpRule } from '../../platform/declarations/route-policy.js';
import { bodyFields } from '../../platform/common/request/body-fields.js';

/** The access action of each changeable field. */
const fieldActions = new Map<string, Action>(
  Object.entries({
    name: 'users:rename',
    email: 'users:set-email',
    password: 'users:set-password',
    locale: 'users:set-locale',
    status: 'users:set-status',
    role: 'users:set-role',
  } as const),
);

/** The own address or password, and the role of anybody. */
export const changesNeedStepUp: StepUpRule = ({ body, own }) => {
  const fields = bodyFields(body);
  return 'role' in fields || (own && ('email' in fields || 'password' in fields));
};

/** Deleting oneself. */
export const ownNeedsStepUp: StepUpRule = ({ own }) => own;

/** All access actions of a change; reading is first, for requests that change nothing. */
export function updateActions({ body }: AccessRequest): Action[] {
  const changes = Object.keys(bodyFields(body)).flatMap((field) => fieldActions.get(field) ?? []);
  return ['users:read', ...changes];
}
