import { problem, ResourceNotFound } from '../../platform/problems/problem.js';

/** 409: the address has an invitation that can still be accepted. */
export class InvitationPending extends problem(
  { code: 'invitations.pending', status: 409, title: 'Invitation pending' },
  'This e-mail address has a pending invitation.',
) {}

/** 404: there is no invitation with this id, or it was accepted. */
export class InvitationNotFound extends problem(
  ResourceNotFound,
  'There is no unaccepted invitation with this id.',
) {}
