import { readFileSync } from 'node:fs';

import { type Manifest, ofKind, type Rule, title } from '../manifests.js';
import { INTERNAL_PATHS, type PublicPath } from '../public-paths.js';

/** What routes declare public; everything else, `/admin` and `/metrics` above all, stays inside. */
const PUBLIC = JSON.parse(
  readFileSync(new URL('../../../deploy/public-paths.json', import.meta.url), 'utf8'),
) as PublicPath[];

interface LetIn {
  readonly path: string;
  readonly pathType: string;
}

interface IngressSpec {
  readonly rules: { http: { paths: LetIn[] } }[];
}

interface RouteSpec {
  readonly rules: { matches?: { path?: { type?: string; value?: string } }[] }[];
}

/** What the ingress or the Gateway's route lets in, and that proxies are trusted to say who calls. */
export const exposure: Rule = (manifests) => {
  const routes = [
    ...ofKind(manifests, 'Ingress').map((manifest) => ({
      manifest,
      paths: ingressPaths(manifest),
    })),
    ...ofKind(manifests, 'HTTPRoute').map((manifest) => ({
      manifest,
      paths: routePaths(manifest),
    })),
  ];
  const proxied = manifests.some(
    ({ kind, data }) => kind === 'ConfigMap' && (data?.['TRUST_PROXY'] ?? 'false') !== 'false',
  );
  return [
    ...routes.flatMap(({ manifest, paths }) => [
      ...without(paths, allowed(manifest)).map((path) => `${title(manifest)} lets ${path} in`),
      ...without(allowed(manifest), paths).map(
        (path) => `${title(manifest)} does not let ${path} in`,
      ),
    ]),
    ...(routes.length === 0 || proxied
      ? []
      : ['behind a proxy, and TRUST_PROXY is not set: all clients share one rate limit']),
  ];
};

/** The host of the console lets operators in as well. */
function allowed({ metadata: { name } }: Manifest): readonly PublicPath[] {
  return name === 'cloudnative-app-console' ? [...PUBLIC, ...INTERNAL_PATHS] : PUBLIC;
}

/** The paths that are not among the others in the same way. */
function without(paths: readonly LetIn[], others: readonly LetIn[]): string[] {
  return paths
    .filter((one) => !others.some((o) => o.path === one.path && o.pathType === one.pathType))
    .map(({ path }) => path);
}

function ingressPaths({ spec }: Manifest): LetIn[] {
  const { rules } = spec as unknown as IngressSpec;
  return rules.flatMap(({ http }) => http.paths);
}

function routePaths({ spec }: Manifest): LetIn[] {
  const { rules } = spec as unknown as RouteSpec;
  return rules.flatMap(({ matches = [{}] }) =>
    matches.map(({ path: { type = 'PathPrefix', value = '/' } = {} }) => ({
      path: value,
      pathType: type === 'PathPrefix' ? 'Prefix' : type,
    })),
  );
}
