import { z } from 'zod';

import { CHALLENGE, problem } from '../../../platform/problems/problem.js';
import { factorType } from '../../factors/factor.schemas.js';
import { LOGIN_TOKEN_TTL } from './login-tokens.js';

const members = z.object({
  login_token: z
    .string()
    .describe('For `POST /auth/login/factor`')
    .meta({ examples: ['Zx3kq0mV9v3oJt1n2cQy7u5wB8dLr4sEaHfGiKjMpTU'] }),
  factors: z
    .array(factorType)
    .describe('Types of the factors of the account; `recovery_codes` while one is left')
    .meta({ examples: [['totp', 'recovery_codes']] }),
  expires_in: z
    .int()
    .describe('Seconds until the login token is over')
    .meta({ examples: [LOGIN_TOKEN_TTL] }),
});

/** 401: the password is right, and the account has a second factor. */
export class FactorRequired extends problem(
  { code: 'auth.factor-required', status: 401, title: 'Second factor required' },
  'The account has a second factor; send it with the login token.',
  CHALLENGE,
) {
  static readonly members = members;
  override readonly members: z.infer<typeof members>;

  constructor(loginToken: string, factors: z.infer<typeof members>['factors']) {
    super();
    this.members = { login_token: loginToken, factors, expires_in: LOGIN_TOKEN_TTL };
  }
}
