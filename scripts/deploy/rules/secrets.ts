import { configuration, containersOf, type Rule, title, workloads } from '../manifests.js';

/** Variables that hold, or may hold, a secret. */
const SECRET_NAME =
  /SECRET|PASSWORD|TOKEN$|API_KEY|DATA_KEY|PRIVATE_KEY|^DATABASE_(DIRECT_)?URL$|^REDIS_URL$/;
/** A password in a URL, or a private key. */
const SECRET_VALUE = /:\/\/[^/\s:@]*:[^/\s@]+@|-----BEGIN [A-Z ]*PRIVATE KEY/;

/** No secret stands in a manifest: Secrets are made outside, and nothing else holds one. */
export const secrets: Rule = (manifests) => [
  ...manifests.flatMap((manifest) =>
    manifest.kind === 'Secret' && (manifest.data ?? manifest.stringData)
      ? [`${title(manifest)} is in clear`]
      : [],
  ),
  ...Object.keys(configuration(manifests).data ?? {})
    .filter((name) => SECRET_NAME.test(name))
    .map((name) => `the ConfigMap holds ${name}, a secret`),
  ...workloads(manifests).flatMap((workload) =>
    containersOf(workload).flatMap(({ env = [], name: container }) =>
      env
        .filter(({ name, value }) => value !== undefined && SECRET_NAME.test(name))
        .map(({ name }) => `${title(workload.owner)} ${container} has ${name} in clear`),
    ),
  ),
  ...manifests.flatMap((manifest) =>
    stringsOf(manifest).some((text) => SECRET_VALUE.test(text))
      ? [`${title(manifest)} holds a password or private key`]
      : [],
  ),
];

function stringsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(stringsOf);
}
