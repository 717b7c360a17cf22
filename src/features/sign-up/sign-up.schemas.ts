import { z } from 'zod';

import { newPassword } from '../credentials/passwords/password.schemas.js';
import { givenName } from '../users/fields/given-name.js';
import { emailField, sourceField, tierField } from '../users/fields/user-fields.js';

export const createUserRequest = z
  .strictObject({
    email: emailField,
    name: givenName,
    password: newPassword.optional(),
    source: sourceField,
    tier: tierField.optional(),
  })
  .meta({ id: 'CreateUser' });

/** The answer to sign-ups without disclosure. */
export const signUpAccepted = z
  .object({ status: z.literal('accepted'), detail: z.string() })
  .meta({ id: 'SignUpAccepted' });

export type CreateUserRequest = z.infer<typeof createUserRequest>;
export type SignUpAccepted = z.infer<typeof signUpAccepted>;
