/** What is known about an identity that no account has, and about the account with its address. */
export interface Facts {
  /** Whether an account has the address, and whether its owner has proved that it is theirs; undefined without an account. */
  readonly localVerified: boolean | undefined;
  /** Whether the provider says that the address is the person's; undefined where it names none. */
  readonly providerVerified: boolean | undefined;
  /** Whether the operator believes the provider about addresses of this domain. */
  readonly trusted: boolean;
  /** `SIGNUP_DISCLOSURE` */
  readonly disclosure: boolean;
  /** `REGISTRATION` */
  readonly registrationOpen: boolean;
}

/** What happens with it: linked to the account, a new account, the owner has to link it, or a refusal. */
export type Match = 'link' | 'create' | 'ask-owner' | 'closed' | 'no-address';

/**
 * Who may have an account by an identity that is new. An address links by itself only if all three
 * vouch for it: the account's owner has proved it, the provider has, and the operator believes the
 * provider. Otherwise whoever writes another's address anywhere would get into an account.
 */
export function matchOf(facts: Facts): Match {
  const { localVerified, providerVerified, trusted, disclosure, registrationOpen } = facts;
  const cases: readonly (readonly [Match, boolean])[] = [
    ['link', localVerified === true && providerVerified === true && trusted],
    ['ask-owner', localVerified !== undefined],
    // Without disclosure nobody learns whether an address of others has an account.
    ['ask-owner', providerVerified === false && !disclosure],
    ['closed', !registrationOpen],
    ['no-address', providerVerified === undefined],
  ];
  return cases.find(([, applies]) => applies)?.[0] ?? 'create';
}
