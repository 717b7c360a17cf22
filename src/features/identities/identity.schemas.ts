import { z } from 'zod';

import { timestamp } from '../../platform/common/primitives.js';
import { opaqueToken } from '../credentials/claim.schemas.js';
import { LONGEST_PASSWORD } from '../credentials/passwords/password.schemas.js';

const TOKEN = { examples: ['Zx3kq0mV9v3oJt1n2cQy7u5wB8dLr4sEaHfGiKjMpTU'] };
const CALLBACK = 'https://app.example.com/callback';

/** A URL of the client, with its parts. */
const address = z
  .string({ error: 'must be text' })
  .max(4096, { error: 'is too long' })
  .refine((text) => URL.canParse(text) && !/\p{Cc}/u.test(text), { error: 'must be a URL' });

/** Browsers would keep a password in their history, and providers in their logs. */
function namesNoUser(text: string): boolean {
  const url = URL.parse(text);
  return url === null || url.username + url.password === '';
}

const currentPassword = z
  .string({ error: 'must be text' })
  .max(LONGEST_PASSWORD, { error: 'is too long' })
  .optional()
  .describe('To link, where the account has a password and no second factor was proved lately');

export const providerList = z
  .object({ items: z.array(z.object({ id: z.string(), label: z.string() })) })
  .meta({ id: 'IdentityProviders' });

export const startRequest = z
  .strictObject({
    redirect_uri: address
      .refine((text) => /^[^?#]*$/.test(text), { error: 'must not have a query or a fragment' })
      .refine(namesNoUser, { error: 'must not have a user or a password' })
      .describe(
        'Where the provider sends the person back to: an origin of `PUBLIC_URL` or `CORS_ORIGINS`',
      )
      .meta({ examples: [CALLBACK] }),
    current_password: currentPassword,
  })
  .meta({ id: 'StartProviderSignIn' });

export const startResponse = z
  .object({
    authorization_url: z.url().describe('Where the person signs in'),
    state_token: z.string().describe('For the exchange; the client keeps it to itself'),
    expires_in: z.int().describe('Seconds until the state token is over'),
  })
  .meta({ id: 'ProviderSignIn' });

export const exchangeRequest = z
  .strictObject({
    state_token: opaqueToken.meta(TOKEN),
    callback_url: address
      .describe('The redirect URI with all that the provider added to it')
      .meta({ examples: [`${CALLBACK}?code=SplxlOBeZQQYbYS6WxSbIA&state=af0ifjsldkj`] }),
  })
  .meta({ id: 'ExchangeProviderSignIn' });

export const linkRequest = z
  .strictObject({
    link_token: opaqueToken.describe('From the problem `auth.identity-unlinked`').meta(TOKEN),
    current_password: currentPassword,
  })
  .meta({ id: 'LinkIdentity' });

export const identityResponse = z
  .object({
    id: z.uuid(),
    provider: z.string().describe('Id of the provider that it was linked through'),
    issuer: z.string(),
    email: z.string().nullable().describe('Its address when it was linked'),
    created_at: timestamp,
    last_used_at: timestamp.nullable(),
  })
  .meta({ id: 'Identity' });

export const identityList = z
  .object({ items: z.array(identityResponse) })
  .meta({ id: 'Identities' });

export type ProviderList = z.infer<typeof providerList>;
export type StartRequest = z.infer<typeof startRequest>;
export type StartResponse = z.infer<typeof startResponse>;
export type ExchangeRequest = z.infer<typeof exchangeRequest>;
export type LinkRequest = z.infer<typeof linkRequest>;
export type IdentityResponse = z.infer<typeof identityResponse>;
export type IdentityList = z.infer<typeof identityList>;
