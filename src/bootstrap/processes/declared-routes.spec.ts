import { featureContracts } from '../../../test/support/feature-contracts.js';

import { type DeclaredRoute, declaredRoutes } from './declared-routes.js';
import { describedApi } from './described-api.js';
import { features } from '../features.js';

const exposed = { exposure: 'public' };
const probe = { priority: 'never-refused', probe: true };
const proves = { priority: 'sign-in', limits: { source: ['logins'] }, ...exposed };
const asks = { ...proves, limits: { source: ['challenges'] } };
const redeems = { priority: 'write', limits: { source: ['tokens'] }, ...exposed };
const mails = {
  priority: 'write',
  limits: { source: ['tokens'], account: 'mails' },
  ...exposed,
};
const faults = { priority: 'never-refused', faultable: false };

/** The policy of each route beside its access; an unlisted route fails the test. */
const contract: Record<string, object> = {
  ...featureContracts().routes,
  'GET /health': probe,
  'GET /ready': probe,
  'GET /users': { priority: 'bulk', ...exposed },
  'POST /users': {
    priority: 'write',
    limits: { source: ['signups'] },
    idempotent: true,
    ...exposed,
  },
  'GET /users/me': { priority: 'read', ...exposed },
  'GET /users/:id': { priority: 'read', ...exposed },
  'PATCH /users/:id': { priority: 'write', stepUp: true, ...exposed },
  'DELETE /users/:id': { priority: 'write', stepUp: true, ...exposed },
  'GET /users/:id/export': { priority: 'bulk', ...exposed },
  'POST /users/:id/tier': { priority: 'write', idempotent: true, ...exposed },
  'GET /users/:id/sessions': { priority: 'read', ...exposed },
  'DELETE /users/:id/sessions': { priority: 'write', ...exposed },
  'POST /auth/login': {
    priority: 'sign-in',
    limits: { source: ['logins'] },
    hashesPassword: true,
    ...exposed,
  },
  'POST /auth/login/factor': proves,
  'POST /auth/login/factor/options': asks,
  'POST /auth/passkey': proves,
  'POST /auth/passkey/options': asks,
  'POST /auth/step-up': proves,
  'POST /auth/step-up/options': asks,
  'POST /auth/refresh': { priority: 'sign-in', ...exposed },
  'POST /auth/logout': { priority: 'write', ...exposed },
  'GET /auth/session': { priority: 'read', ...exposed },
  'GET /auth/sessions': { priority: 'read', ...exposed },
  'DELETE /auth/sessions': { priority: 'write', ...exposed },
  'DELETE /auth/sessions/:sessionId': { priority: 'write', ...exposed },
  'POST /auth/verify-email': redeems,
  'POST /auth/password/reset': redeems,
  'POST /auth/not-me': redeems,
  'POST /auth/verify-email/resend': mails,
  'POST /auth/password/forgot': mails,
  'GET /.well-known/jwks.json': { priority: 'read', cache: 'public, max-age=300', ...exposed },
  'GET /events/schemas/:file': { priority: 'read', cache: 'public, max-age=300', ...exposed },
  'GET /admin/audit': { priority: 'bulk' },
  'GET /admin/mails/templates': { priority: 'bulk' },
  'GET /admin/mails/preview': { priority: 'bulk' },
  'PUT /admin/log-level': { priority: 'never-refused' },
  'GET /admin/faults': faults,
  'PUT /admin/faults': faults,
  'DELETE /admin/faults': faults,
};

/** Declared rate limits that no route names. */
function unusedLimits(declared: readonly string[], routes: readonly DeclaredRoute[]): string[] {
  const named = new Set<string>(
    routes.flatMap(({ policy: { limits } = { limits: undefined } }) => [
      ...(limits?.source ?? []),
      ...(limits?.account === undefined ? [] : [limits.account]),
    ]),
  );
  return declared.filter((name) => !named.has(name));
}

const api = await describedApi();

describe('the routes of the API', () => {
  const routes = declaredRoutes(api);

  it('declare the priority, limits, caching, exposure, step-up and idempotency of the contract', () => {
    const declared = routes.map(({ route, policy }) => {
      const { access, stepUp, ...others } = policy ?? { access: undefined };
      if (access === undefined) return [route, 'undeclared'];
      return [route, { ...others, ...(stepUp && { stepUp: true }) }];
    });
    expect(Object.fromEntries(declared)).toEqual(contract);
  });

  it('use each declared rate limit', () => {
    const declared = features.flatMap(({ limits = {} }) =>
      Object.values(limits).flatMap(Object.keys),
    );
    expect(new Set(declared).size).toBe(declared.length);
    expect(unusedLimits(declared, routes)).toEqual([]);
    expect(unusedLimits([...declared, 'orders'], routes)).toEqual(['orders']);
  });
});
