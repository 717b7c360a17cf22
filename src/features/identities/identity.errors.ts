import { z } from 'zod';

import { problem, ResourceNotFound } from '../../platform/problems/problem.js';

/** Lifetime of a link token in seconds. */
export const LINK_TOKEN_TTL = 300;

const members = z.object({
  link_token: z
    .string()
    .describe('For `POST /users/{id}/identities`, after a sign-in to the account')
    .meta({ examples: ['Zx3kq0mV9v3oJt1n2cQy7u5wB8dLr4sEaHfGiKjMpTU'] }),
  expires_in: z
    .int()
    .describe('Seconds until the link token is over')
    .meta({ examples: [LINK_TOKEN_TTL] }),
});

/** 409: the identity is new, and nothing proves that the account with its address is the same person's. */
export class IdentityUnlinked extends problem(
  { code: 'auth.identity-unlinked', status: 409, title: 'Identity not linked' },
  'Sign in to the account with this address, and link the identity there.',
) {
  static readonly members = members;
  override readonly members: z.infer<typeof members>;

  constructor(linkToken: string) {
    super();
    this.members = { link_token: linkToken, expires_in: LINK_TOKEN_TTL };
  }
}

/** 409: the identity belongs to another account. */
export class IdentityTaken extends problem(
  { code: 'auth.identity-taken', status: 409, title: 'Identity taken' },
  'The identity belongs to another account.',
) {}

/** 409: without an address there is no account. */
export class EmailRequired extends problem(
  { code: 'auth.email-required', status: 409, title: 'E-mail address needed' },
  'The identity provider names no e-mail address.',
) {}

/** 403: strangers cannot have accounts. */
export class RegistrationClosed extends problem(
  { code: 'auth.registration-closed', status: 403, title: 'Registration closed' },
  'There is no account for this identity, and registration is closed.',
) {}

/** 404: the user has no such identity. */
export class IdentityNotFound extends problem(ResourceNotFound, 'There is no such identity.') {}

/** 404: `OIDC_PROVIDERS` has no such provider. */
export class ProviderNotFound extends problem(
  ResourceNotFound,
  'There is no such identity provider.',
) {}
