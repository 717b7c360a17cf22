import { createPrivateKey } from 'node:crypto';

import { z } from 'zod';

import { appArea } from '../../app/app.config.js';
import { area, inProduction } from '../../config/area.js';
import { section } from '../../config/section.js';
import { isStrong, list, seconds, text } from '../../config/variable-primitives.js';

const DEFAULT_JWT_SECRET = 'dev-secret-change-me';

/** One or more PEM private keys, one after the other, each EdDSA (Ed25519) or ES256 (P-256). */
const privateKeys = z
  .string()
  .transform((pem) => pem.match(/-----BEGIN [^-]+-----[\s\S]+?-----END [^-]+-----/g) ?? [])
  .refine((keys) => keys.length > 0 && keys.every(isSigningKey), {
    error: 'must be PEM private keys of type Ed25519 or P-256',
  })
  .describe('PEM private keys');

function isSigningKey(pem: string): boolean {
  try {
    const key = createPrivateKey(pem);
    return (
      key.asymmetricKeyType === 'ed25519' || key.asymmetricKeyDetails?.namedCurve === 'prime256v1'
    );
  } catch {
    return false;
  }
}

const serviceName = { name: 'SERVICE_NAME', variable: appArea.variables.SERVICE_NAME };

export const authArea = area({
  title: 'Tokens',
  variables: {
    JWT_SECRET: {
      schema: list('comma list of secrets'),
      fallback: DEFAULT_JWT_SECRET,
      secret: true,
      about:
        'First signs, all verify; mailed tokens derive from it too. Production: not the default, 32+ bytes each.',
    },
    JWT_PRIVATE_KEY: {
      schema: privateKeys,
      secret: true,
      about:
        'When set, these keys sign access tokens and `/.well-known/jwks.json` publishes them; tokens signed by a `JWT_SECRET` of your own are still accepted.',
    },
    JWT_ISSUER: {
      schema: text(),
      follows: serviceName,
      fallbackText: '`SERVICE_NAME`',
      about: 'Issuer of access tokens, checked.',
    },
    JWT_AUDIENCE: {
      schema: text(),
      follows: serviceName,
      fallbackText: '`SERVICE_NAME`',
      about: 'Audience of access tokens, checked.',
    },
    ACCESS_TOKEN_TTL: {
      schema: seconds(),
      fallback: '900',
      about: 'Seconds an access token lives.',
    },
    REFRESH_TOKEN_TTL: {
      schema: seconds(),
      fallback: '2592000',
      about: 'Seconds a refresh token lives.',
    },
    SESSION_MAX_SECONDS: {
      schema: seconds(),
      fallback: '7776000',
      about: 'Seconds after which a session ends, however often it is refreshed.',
    },
    EMAIL_TOKEN_TTL: {
      schema: seconds(),
      fallback: '86400',
      about: 'Seconds a mailed verification or welcome token lives.',
    },
    PASSWORD_RESET_TTL: {
      schema: seconds(),
      fallback: '3600',
      about: 'Seconds a mailed password-reset token lives.',
    },
  },
  rules: [
    {
      variable: 'JWT_SECRET',
      check: inProduction('must be set to a secret of your own', (env) =>
        env.JWT_SECRET.includes(DEFAULT_JWT_SECRET),
      ),
    },
    {
      variable: 'JWT_SECRET',
      check: inProduction(
        'must have at least 32 bytes in each element',
        (env) => !env.JWT_SECRET.includes(DEFAULT_JWT_SECRET) && !env.JWT_SECRET.every(isStrong),
      ),
    },
  ],
});

export const authConfig = section('auth', authArea, (env) => {
  const jwtPrivateKeys = env.JWT_PRIVATE_KEY ?? [];
  return {
    jwtSecrets: env.JWT_SECRET,
    jwtPrivateKeys,
    // Beside private keys the default secret does not count, since it is public.
    accessTokenSecrets:
      jwtPrivateKeys.length === 0
        ? env.JWT_SECRET
        : env.JWT_SECRET.filter((secret) => secret !== DEFAULT_JWT_SECRET),
    issuer: env.JWT_ISSUER,
    audience: env.JWT_AUDIENCE,
    accessTokenTtl: env.ACCESS_TOKEN_TTL,
    refreshTokenTtl: env.REFRESH_TOKEN_TTL,
    sessionMax: env.SESSION_MAX_SECONDS,
    emailTokenTtl: env.EMAIL_TOKEN_TTL,
    passwordResetTtl: env.PASSWORD_RESET_TTL,
  };
});
