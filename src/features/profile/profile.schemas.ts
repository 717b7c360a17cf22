import { z } from 'zod';

import { LONGEST_PASSWORD, newPassword } from '../credentials/passwords/password.schemas.js';
import { givenName } from '../users/fields/given-name.js';
import { emailField, localeField, roleField, statusField } from '../users/fields/user-fields.js';

export const updateUserRequest = z
  .strictObject({
    name: givenName.optional(),
    email: emailField.optional(),
    password: newPassword.optional(),
    current_password: z
      .string({ error: 'must be text' })
      .max(LONGEST_PASSWORD, { error: 'is too long' })
      .optional(),
    locale: localeField.optional(),
    status: statusField.optional(),
    role: roleField.optional(),
  })
  .refine((body) => Object.keys(body).length > 0, { error: 'must change something' })
  .meta({ id: 'UpdateUser' });

export type UpdateUserRequest = z.infer<typeof updateUserRequest>;
