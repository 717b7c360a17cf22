import { area } from '../../../platform/config/area.js';
import { section } from '../../../platform/config/section.js';
import { readOrigin } from '../../../platform/config/urls/service-url.js';
import { canonicalHost, UrlFault, urlSchema } from '../../../platform/config/urls/url.js';
import { httpArea } from '../../../platform/http/server/http.config.js';

/** A domain: WebAuthn knows no addresses. */
const domainName = urlSchema((text) => {
  const host = canonicalHost(text);
  if (/^\[|\.\d+$/.test(host)) throw new UrlFault('must be a domain');
  return host;
}, 'domain');

const origins = urlSchema(
  (text) => text.split(',').map((element) => readOrigin(element.trim())),
  'comma list of origins',
);

const publicUrl = { name: 'PUBLIC_URL', variable: httpArea.variables.PUBLIC_URL };

export const passkeysArea = area({
  title: 'Passkeys',
  variables: {
    WEBAUTHN_RP_ID: {
      schema: domainName,
      follows: { ...publicUrl, as: (base: string) => urlOf(base)?.hostname ?? '' },
      fallbackText: 'host of `PUBLIC_URL`',
      about:
        'Domain that passkeys belong to: that of `WEBAUTHN_ORIGINS`, or one above. A change makes all passkeys useless.',
    },
    WEBAUTHN_ORIGINS: {
      schema: origins,
      follows: { ...publicUrl, as: (base: string) => urlOf(base)?.origin ?? '' },
      fallbackText: 'origin of `PUBLIC_URL`',
      about: 'Origins of the pages that may use passkeys. Production: https.',
    },
  },
  rules: [
    {
      variable: 'WEBAUTHN_ORIGINS',
      check: ({ WEBAUTHN_ORIGINS: given = [] }, production, isGiven) =>
        production &&
        isGiven('WEBAUTHN_ORIGINS') &&
        !given.every((origin) => origin.startsWith('https:'))
          ? 'must be https in production'
          : undefined,
    },
    {
      variable: 'WEBAUTHN_RP_ID',
      check: ({ WEBAUTHN_ORIGINS: given = [], WEBAUTHN_RP_ID: id }) =>
        id === undefined || given.every((origin) => isWithin(new URL(origin).hostname, id))
          ? undefined
          : 'must be the host of each of WEBAUTHN_ORIGINS, or a domain above it',
    },
  ],
});

function urlOf(base: string): URL | undefined {
  return URL.canParse(base) ? new URL(base) : undefined;
}

/** A top-level domain is nobody's: browsers refuse it, other than `localhost`. */
function isWithin(host: string, domain: string): boolean {
  return host === domain || (domain.includes('.') && host.endsWith(`.${domain}`));
}

export const passkeysConfig = section(
  'passkeys',
  passkeysArea,
  (env) => ({ rpId: env.WEBAUTHN_RP_ID, origins: env.WEBAUTHN_ORIGINS }),
  { apiOnly: true },
);
