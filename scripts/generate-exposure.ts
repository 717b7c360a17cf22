import { readFileSync, writeFileSync } from 'node:fs';

import { declaredRoutes } from '../src/bootstrap/processes/declared-routes.js';
import { describedApi } from '../src/bootstrap/processes/described-api.js';
import { INTERNAL_PATHS, type PublicPath, publicPaths } from './deploy/public-paths.js';

/**
 * Writes the paths that routes declare public: into the Ingress, the HTTPRoute, and the list that
 * rendered manifests are held against. With `--check` it writes nothing and fails when one is stale.
 */
const paths = publicPaths(declaredRoutes(await describedApi()));

const ingress = 'deploy/components/ingress/ingress.yaml';
const internal = 'deploy/components/console/ingress.yaml';
const httpRoute = 'deploy/components/gateway/http-route.yaml';
const files: Record<string, string> = {
  'deploy/public-paths.json': `${JSON.stringify(paths, null, 2)}\n`,
  // Each has its backend, which the first names.
  [ingress]: withPaths(ingress, paths),
  [internal]: withPaths(internal, [...paths, ...INTERNAL_PATHS]),
  [httpRoute]: read(httpRoute).replace(
    /(?<=\n {4}- matches:\n)[^]*?(?= {6}backendRefs:\n)/,
    paths.map(routeMatch).join(''),
  ),
};

const check = process.argv.includes('--check');
for (const [file, content] of Object.entries(files)) {
  if (!check) writeFileSync(file, content);
  else if (read(file) !== content) {
    process.stderr.write(`${file} is stale: run npm run docs\n`);
    process.exitCode = 1;
  }
}

function withPaths(file: string, allowed: readonly PublicPath[]): string {
  return read(file).replace(/(?<=\n {8}paths:\n)[^]*$/, allowed.map(ingressPath).join(''));
}

function ingressPath({ path, pathType }: PublicPath, index: number): string {
  const backend =
    index > 0
      ? '*api'
      : '&api\n              service:\n                name: cloudnative-app-service\n                port:\n                  name: http';
  return `          - path: ${path}\n            pathType: ${pathType}\n            backend: ${backend}\n`;
}

function routeMatch({ path, pathType }: PublicPath): string {
  const type = pathType === 'Prefix' ? 'PathPrefix' : pathType;
  return `        - path:\n            type: ${type}\n            value: ${path}\n`;
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
