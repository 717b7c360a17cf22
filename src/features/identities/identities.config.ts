import { domainToASCII } from 'node:url';

import { z } from 'zod';

import { area, inProduction } from '../../platform/config/area.js';
import { section } from '../../platform/config/section.js';
import { issuerUrl } from '../../platform/config/urls/service-url.js';

const DEFAULT_SCOPES = ['openid', 'email', 'profile'];

const textOf = (max: number) =>
  z
    .string({ error: ({ input }) => (input === undefined ? 'is missing' : 'must be text') })
    .trim()
    .min(1, { error: 'must not be empty' })
    .max(max, { error: `must have at most ${max} characters` })
    .refine((value) => !/\p{Cc}/u.test(value), { error: 'must not contain control characters' });

const scopes = z
  .union([z.array(textOf(100)), textOf(1000).transform((text) => text.split(/\s+/))], {
    error: 'must be a list of scopes',
  })
  .transform((given) => [...new Set(['openid', ...given])]);

/** The domain of an address in the form that addresses are compared in. */
const domain = textOf(255)
  .transform((text) => domainToASCII(text).toLowerCase())
  .refine((ascii) => /^[a-z0-9.-]+\.[a-z0-9-]+$/.test(ascii), { error: 'must be a domain' });

const provider = z
  .strictObject(
    {
      id: textOf(32).regex(/^[a-z0-9][a-z0-9_-]*$/, {
        error: 'must consist of a-z, 0-9, - and _',
      }),
      issuer: textOf(1000).pipe(issuerUrl),
      client_id: textOf(1000),
      client_secret: textOf(4096),
      scopes: scopes.default(DEFAULT_SCOPES),
      label: textOf(100).optional(),
      trust_email: z.array(domain, { error: 'must be a list of domains' }).default([]),
    },
    // The names of unknown keys are not repeated: a secret may stand in the wrong place.
    {
      error: ({ code }) =>
        code === 'unrecognized_keys' ? 'must have known keys only' : 'must be an object',
    },
  )
  .transform(({ label, ...settings }) => ({ ...settings, label: label ?? settings.id }));

const providers = z
  .array(provider, { error: 'must be a list' })
  .min(1, { error: 'must not be empty' })
  .refine((list) => new Set(list.map(({ id }) => id)).size === list.length, {
    error: 'must have a different id in each element',
  });

/** A provider as an element of `OIDC_PROVIDERS` describes it. */
export type ProviderSettings = z.infer<typeof provider>;

/** All faults of the list in one line: by element and key, without values. */
function readProviders(text: string, context: z.RefinementCtx): ProviderSettings[] {
  const { data, error } = providers.safeParse(parsed(text));
  if (data !== undefined) return data;
  const message = error.issues.map(({ path, message: rule }) => `${placeOf(path)}${rule}`);
  context.addIssue({ code: 'custom', message: message.join('; ') });
  return z.NEVER;
}

function placeOf([index, ...keys]: readonly PropertyKey[]): string {
  if (index === undefined) return '';
  const [key = ''] = keys.filter((each) => typeof each === 'string');
  return `element ${Number(index) + 1}: ${key}${key && ' '}`;
}

/** The value of JSON; nothing of text that is none. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const isPlain = ({ issuer }: ProviderSettings) => new URL(issuer).protocol === 'http:';

export const identitiesArea = area({
  title: 'Identity providers',
  variables: {
    OIDC_PROVIDERS: {
      schema: z.string().transform(readProviders).describe('JSON list'),
      secret: true,
      about:
        'OpenID providers to sign in through: JSON list of `{id, issuer, client_id, client_secret, scopes?, label?, trust_email?: [domains]}`. Unset: none.',
    },
  },
  rules: [
    {
      variable: 'OIDC_PROVIDERS',
      check: inProduction(
        'must have https: issuers in production',
        (env) => env.OIDC_PROVIDERS?.some(isPlain) === true,
      ),
    },
  ],
});

export const identitiesConfig = section(
  'identities',
  identitiesArea,
  (env) => ({ providers: env.OIDC_PROVIDERS ?? [] }),
  { apiOnly: true },
);
