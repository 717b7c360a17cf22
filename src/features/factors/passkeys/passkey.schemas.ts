import { z } from 'zod';

import { uuid } from '../../../platform/common/primitives.js';

/** WebAuthn §4: an id has at most 1023 bytes. */
const MAX_CREDENTIAL_ID = 1364;

const base64url = (max: number) =>
  z
    .string({ error: 'must be text' })
    .min(1, { error: 'must not be empty' })
    .max(max, { error: 'is too long' })
    .regex(/^[\w-]+$/, { error: 'must be base64url' });

const credentialId = base64url(MAX_CREDENTIAL_ID);
const clientData = base64url(8192);

/** Browsers add members of newer versions of the standard: what is not read is ignored. */
const credential = {
  id: credentialId,
  rawId: credentialId,
  type: z.literal('public-key'),
};
const EXAMPLE = { id: 'u7nT2y8kQm6Jx0cV', rawId: 'u7nT2y8kQm6Jx0cV', type: 'public-key' };
const CLIENT_DATA = 'eyJ0eXBlIjoid2ViYXV0aG4uZ2V0In0';

/** What `credential.toJSON()` of a browser gives after a registration. */
export const registrationResponse = z
  .object({
    ...credential,
    response: z.object({
      clientDataJSON: clientData,
      attestationObject: base64url(32_768),
      transports: z.array(z.string().max(32)).max(10).optional(),
    }),
  })
  .meta({
    examples: [
      {
        ...EXAMPLE,
        response: { clientDataJSON: CLIENT_DATA, attestationObject: 'o2NmbXRkbm9uZQ' },
      },
    ],
  });

/** The same after a sign-in. */
export const authenticationResponse = z
  .object({
    ...credential,
    response: z.object({
      clientDataJSON: clientData,
      authenticatorData: base64url(8192),
      signature: base64url(8192),
      userHandle: base64url(128).nullish(),
    }),
  })
  .meta({
    examples: [
      {
        ...EXAMPLE,
        response: {
          clientDataJSON: CLIENT_DATA,
          authenticatorData: 'SZYN5YgOjGh0NBcPZHZgW4',
          signature: 'MEUCIQDx0mQ',
        },
      },
    ],
  });

export const challengeId = uuid
  .describe('From the options')
  .meta({ examples: ['0193b1f7-5e0a-7c1e-8a35-3f6a1c2d4e5f'] });

/** For `navigator.credentials`, in the JSON forms of WebAuthn level 3. */
const options = <Shape extends z.ZodRawShape>(id: string, shape: Shape) =>
  z.object({ challenge_id: z.uuid(), options: z.object(shape) }).meta({ id });

const descriptor = z.object({
  id: z.string(),
  type: z.literal('public-key'),
  transports: z.array(z.string()).optional(),
});

export const creationOptions = options('PasskeyCreationOptions', {
  challenge: z.string(),
  rp: z.object({ id: z.string(), name: z.string() }),
  user: z.object({ id: z.string(), name: z.string(), displayName: z.string() }),
  pubKeyCredParams: z.array(z.object({ type: z.literal('public-key'), alg: z.int() })),
  timeout: z.int().describe('Milliseconds'),
  attestation: z.literal('none'),
  excludeCredentials: z.array(descriptor),
  authenticatorSelection: z.object({
    residentKey: z.literal('required'),
    requireResidentKey: z.literal(true),
    userVerification: z.literal('required'),
  }),
});

export const requestOptions = options('PasskeyRequestOptions', {
  challenge: z.string(),
  rpId: z.string(),
  allowCredentials: z.array(descriptor),
  timeout: z.int().describe('Milliseconds'),
  userVerification: z.literal('required'),
});

export type RegistrationResponse = z.infer<typeof registrationResponse>;
export type AuthenticationResponse = z.infer<typeof authenticationResponse>;
export type CreationOptions = z.infer<typeof creationOptions>;
export type RequestOptions = z.infer<typeof requestOptions>;
