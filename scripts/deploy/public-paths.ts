import type { DeclaredRoute } from '../../src/bootstrap/processes/declared-routes.js';

/** A path that proxies let in, in the words of an Ingress. */
export interface PublicPath {
  readonly path: string;
  readonly pathType: 'Prefix' | 'Exact';
}

/** What the host of the console lets in besides: for operators, who reach it from inside. */
export const INTERNAL_PATHS: readonly PublicPath[] = [
  { path: '/console', pathType: 'Prefix' },
  { path: '/admin', pathType: 'Prefix' },
];

/**
 * What proxies have to let in for the routes that are declared public. Those that share their
 * first segment are let in by it; one that stands alone, by its whole path.
 * @throws Error for a route of the cluster that such a prefix would let in as well.
 */
export function publicPaths(routes: readonly DeclaredRoute[]): PublicPath[] {
  const isPublic = ({ policy }: DeclaredRoute) => policy?.exposure === 'public';
  const firstSegment = ({ path }: DeclaredRoute) => `/${path.split('/')[1]}`;
  const groups = Map.groupBy(routes, firstSegment);
  return [...groups].flatMap(([prefix, group]): PublicPath[] => {
    const [first, ...others] = group;
    if (first === undefined || !group.some(isPublic)) return [];
    const hidden = group.find((route) => !isPublic(route));
    if (hidden) throw new Error(`${hidden.route} is not public, but ${prefix} lets it in`);
    // As a prefix, the root lets everything in.
    if (prefix === '/') return [{ path: prefix, pathType: 'Exact' }];
    const alone = others.length === 0 && first.path !== prefix && !first.path.includes(':');
    return [alone ? { path: first.path, pathType: 'Exact' } : { path: prefix, pathType: 'Prefix' }];
  });
}
