import { RequestInvalid } from '../problems/problem.js';
import { fingerprint, idempotencyKey, scopeOf, withCanonicalIds } from './keyed-request.js';
import { signedInUser } from '../../../test/support/principals.js';

describe('idempotencyKey', () => {
  it.each(['a', '8e03978e-40d5-43dd-bc93-6894a57f9324', 'x'.repeat(255), 'with spaces'])(
    'takes %j',
    (key) => {
      expect(idempotencyKey(key)).toBe(key);
    },
  );

  it('is absent without the header', () => {
    expect(idempotencyKey(undefined)).toBeUndefined();
  });

  it.each(['', 'x'.repeat(256), 'a\tb', 'a\u0085b', 'a\u0000'])('refuses %j', (key) => {
    expect(() => idempotencyKey(key)).toThrow(RequestInvalid);
  });
});

describe('scopeOf', () => {
  const scope = (principal: Parameters<typeof scopeOf>[0], route = '/users') =>
    scopeOf(principal, 'POST', route);
  const ip = '2001:db8::1';

  it('consists of principal and route, or of source and route for strangers', () => {
    const service = { kind: 'service', scopes: new Set(['*']) } as const;
    expect(scope({ requestId: 'r', ip, principal: service })).toBe('service POST /users');
    expect(scope({ requestId: 'r', ip, principal: { ...service, keyId: 'k1' } })).toBe(
      'service:k1 POST /users',
    );
    expect(
      scope({
        requestId: 'r',
        ip,
        principal: signedInUser({ userId: 'u1' }),
      }),
    ).toBe('user:u1 POST /users');
    expect(scope({ requestId: 'r', ip, principal: { kind: 'anonymous' } })).toBe(
      'anonymous:2001:db8:0:0::/64 POST /users',
    );
  });
});

describe('fingerprint', () => {
  const key = Buffer.alloc(32, 1);

  it('depends on key, target and body', () => {
    const one = fingerprint(key, '/users', { a: 1 });
    expect(fingerprint(key, '/users', { a: 1 })).toEqual(one);
    expect(fingerprint(key, '/users', { a: 2 })).not.toEqual(one);
    expect(fingerprint(key, '/users/1/tier', { a: 1 })).not.toEqual(one);
    expect(fingerprint(Buffer.alloc(32, 2), '/users', { a: 1 })).not.toEqual(one);
  });

  it('treats a missing body as empty', () => {
    expect(fingerprint(key, '/users', undefined)).toEqual(fingerprint(key, '/users', null));
  });
});

describe('withCanonicalIds', () => {
  it('changes only the ids of a target', () => {
    const id = '019AAD6C-0F7E-7CC0-9A55-6A1C1D2E3F40';
    expect(withCanonicalIds(`/users/${id}/tier?A=B`, [id])).toBe(
      `/users/${id.toLowerCase()}/tier?A=B`,
    );
    expect(withCanonicalIds('/users?A=B', [])).toBe('/users?A=B');
  });
});
