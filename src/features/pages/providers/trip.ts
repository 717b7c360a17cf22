/** What a browser remembers while a person is at a provider. */
export interface Trip {
  /** The state token of the exchange. */
  readonly token: string;
  readonly next: string | undefined;
  /** Whether the identity is for the account in use. */
  readonly linking?: boolean;
}

/** The value of the cookie. */
export function trip({ token, next, linking = false }: Trip): string {
  return `${token}.${linking ? 'link' : 'open'}.${Buffer.from(next ?? '').toString('base64url')}`;
}

/** What a cookie remembers; nothing where there is none. */
export function tripOf(value: string | undefined): Partial<Trip> {
  if (value === undefined) return {};
  const [token = '', purpose, next = ''] = value.split('.');
  const path = Buffer.from(next, 'base64url').toString('utf8');
  return { token, linking: purpose === 'link', next: path === '' ? undefined : path };
}
