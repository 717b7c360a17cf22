import { emailFault, emailKey } from '../../../platform/common/email-address.js';
import { nameField } from '../../users/fields/user-fields.js';
import { holdsWebAddress } from '../../users/fields/web-address.js';

/** Who somebody is, as a provider states it. */
export interface StatedIdentity {
  /** Id of the provider. */
  readonly provider: string;
  readonly issuer: string;
  /** Unique at the issuer. */
  readonly subject: string;
  /** Undefined without an address that an account can have. */
  readonly email: string | undefined;
  /** The provider says that the address is the person's. */
  readonly emailVerified: boolean;
  /** The operator believes what the provider says about addresses of this domain. */
  readonly trusted: boolean;
  /** How a new account is called. */
  readonly name: string;
}

/** The claims that identify somebody. */
export interface Claims {
  readonly iss: string;
  readonly sub: string;
}

/** Claims about the person, of the ID token or the UserInfo endpoint: all from one of them. */
export type Profile = Readonly<Record<string, unknown>>;

interface ProviderFacts {
  readonly id: string;
  readonly trust_email: readonly string[];
}

const NAMELESS = 'New user';

/** What verified claims say. */
export function statedIdentity(
  { id, trust_email: trusted }: ProviderFacts,
  { iss, sub }: Claims,
  profile: Profile,
): StatedIdentity {
  const email = addressOf(profile['email']);
  return {
    provider: id,
    issuer: iss,
    subject: sub,
    email,
    // Some providers send it as text.
    emailVerified:
      email !== undefined && [true, 'true'].includes(profile['email_verified'] as boolean | string),
    trusted: email !== undefined && trusted.includes(domainOf(email)),
    name: nameOf(profile, email),
  };
}

function addressOf(claim: unknown): string | undefined {
  const address = typeof claim === 'string' ? claim.trim() : '';
  return emailFault(address) === undefined ? address : undefined;
}

function domainOf(email: string): string {
  const key = emailKey(email);
  return key.slice(key.lastIndexOf('@') + 1);
}

/** The first that an account may have as its name: the person may have written any of them. */
function nameOf(profile: Profile, email = ''): string {
  const candidates = [
    profile['name'],
    profile['nickname'],
    email.slice(0, Math.max(email.lastIndexOf('@'), 0)),
  ];
  for (const candidate of candidates) {
    const { data } = nameField.safeParse(candidate);
    if (data !== undefined && !holdsWebAddress(data)) return data;
  }
  return NAMELESS;
}
