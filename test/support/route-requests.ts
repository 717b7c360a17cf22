import { accessTable } from '../../src/bootstrap/declarations.module.js';
import { declaredRoutes } from '../../src/bootstrap/processes/declared-routes.js';
import { describedApi } from '../../src/bootstrap/processes/described-api.js';
import type { Action } from '../../src/platform/declarations/access.js';

/** Bodies that are no valid request, and touch every field that an access rule looks at. */
const BODIES = [
  {},
  ...['name', 'email', 'password', 'status', 'role', 'tier'].map((field) => ({ [field]: 'pro' })),
  { name: 'pro', status: 'pro' },
];

/** A request of a declared route that changes nothing, and the actions it needs. */
export interface RouteRequest {
  readonly route: string;
  readonly method: string;
  /** A template, such as `/users/:id`. */
  readonly path: string;
  readonly body: object | undefined;
  readonly actions: readonly Action[];
  /** A form of a page: refused without the token of the page, whoever sends it. */
  readonly form: boolean;
}

/** Requests of all declared routes; several where the actions depend on the body. */
export async function routeRequests(): Promise<RouteRequest[]> {
  return declaredRoutes(await describedApi()).flatMap(({ route, path, policy }): RouteRequest[] => {
    const [method = ''] = route.split(' ');
    const access = policy?.access ?? 'public';
    const form = policy?.page === true && method !== 'GET';
    if (typeof access === 'function')
      return BODIES.map((body) => {
        const actions = access({ params: {}, body });
        return { route, method, path, body, actions, form };
      });
    const body = ['GET', 'DELETE'].includes(method) ? undefined : {};
    return [{ route, method, path, body, actions: [access], form }];
  });
}

/** Whether a key with these scopes may send the request. */
export function mayWith(
  scopes: readonly string[],
  { actions, form }: Pick<RouteRequest, 'actions' | 'form'>,
): boolean {
  const may = (action: Action) =>
    action === 'public' ||
    (accessTable[action].includes('service') && (scopes.includes('*') || scopes.includes(action)));
  return !form && actions.every(may);
}
