import { type Manifest, ofKind, type Rule, title } from '../manifests.js';

/** Public by intent; everything else, `/admin` and `/metrics` above all, stays inside. */
const PUBLIC = ['/users', '/auth', '/.well-known/jwks.json'];

interface IngressSpec {
  readonly rules: { http: { paths: { path: string; pathType: string }[] } }[];
}

interface RouteSpec {
  readonly rules: { matches?: { path?: { value: string } }[] }[];
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
    ...routes.flatMap(({ manifest, paths }) =>
      paths
        .filter((path) => !PUBLIC.includes(path))
        .map((path) => `${title(manifest)} lets ${path} in`),
    ),
    ...(routes.length === 0 || proxied
      ? []
      : ['behind a proxy, and TRUST_PROXY is not set: all clients share one rate limit']),
  ];
};

function ingressPaths({ spec }: Manifest): string[] {
  const { rules } = spec as unknown as IngressSpec;
  return rules.flatMap(({ http }) => http.paths.map(({ path }) => path));
}

function routePaths({ spec }: Manifest): string[] {
  const { rules } = spec as unknown as RouteSpec;
  return rules.flatMap(({ matches = [{}] }) => matches.map(({ path }) => path?.value ?? '/'));
}
