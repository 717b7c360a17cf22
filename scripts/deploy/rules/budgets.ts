import {
  configuration,
  containersOf,
  type Manifest,
  ofKind,
  type Rule,
  setting,
  title,
  type Workload,
  workloads,
} from '../manifests.js';
import { bytes, cores } from './quantity.js';

/** Left between the end of the drain and SIGKILL, for what closes after it. */
const MARGIN_SECONDS = 3;
/** Held by the readiness check, and by LISTEN where jobs are consumed. */
const READINESS_CONNECTION = 1;
const LISTEN_CONNECTION = 1;
/** A starting pod migrates: one session holds the lock, one works. */
const MIGRATION_CONNECTIONS = 2;

/** Sums that have to come out: time to stop, memory, disk, database connections. */
export const budgets: Rule = (manifests) => [
  ...shutdown(manifests),
  ...workloads(manifests).flatMap(resources),
  ...connections(manifests),
];

function shutdown(manifests: readonly Manifest[]): string[] {
  const drain =
    setting(manifests, 'SHUTDOWN_DELAY_SECONDS') + setting(manifests, 'SHUTDOWN_TIMEOUT_SECONDS');
  return workloads(manifests)
    .filter(({ template }) => usesConfiguration(template.spec.containers[0]?.args))
    .flatMap(({ owner, template: { spec } }) => {
      const before = spec.containers[0]?.lifecycle?.preStop?.sleep?.seconds ?? 0;
      const grace = spec.terminationGracePeriodSeconds ?? 30;
      const needed = before + drain + MARGIN_SECONDS;
      return needed <= grace
        ? []
        : [`${title(owner)} needs ${needed} s to stop and gets ${grace} before it is killed`];
    });
}

function usesConfiguration(args: readonly string[] = []): boolean {
  return args.includes('dist/main') || args.includes('dist/worker');
}

function resources(workload: Workload): string[] {
  const scratch = (workload.template.spec.volumes ?? []).reduce((sum, { emptyDir }) => {
    if (emptyDir === undefined) return sum;
    return sum + bytes((emptyDir as { sizeLimit?: string }).sizeLimit ?? '1Ei');
  }, 0);
  return containersOf(workload).flatMap(
    ({ name, resources: { requests = {}, limits = {} } = {} }) => {
      const where = `${title(workload.owner)} ${name}`;
      const missing = ['cpu', 'memory', 'ephemeral-storage'].filter(
        (resource) => !requests[resource] || !limits[resource],
      );
      if (missing.length > 0) return [`${where} has no request or limit of ${missing.join(', ')}`];
      const fits = (resource: string, amount: (text: string) => number) =>
        amount(requests[resource] ?? '') <= amount(limits[resource] ?? '');
      return [
        ...(fits('cpu', cores) && fits('memory', bytes) && fits('ephemeral-storage', bytes)
          ? []
          : [`${where} requests more than its limit`]),
        ...(scratch <= bytes(limits['ephemeral-storage'] ?? '')
          ? []
          : [`${where} may be evicted: its volumes hold more than its limit of storage`]),
      ];
    },
  );
}

/** Every pool full, at the peak of a rolling update, against what the overlay says the database grants. */
function connections(manifests: readonly Manifest[]): string[] {
  const pool =
    setting(manifests, 'DATABASE_POOL_SIZE') + setting(manifests, 'DATABASE_MAX_OVERFLOW');
  const [hpa] = ofKind(manifests, 'HorizontalPodAutoscaler');
  const replicas = (name: string) => {
    const deployment = manifests.find((manifest) => title(manifest) === `Deployment/${name}`);
    return Number(deployment?.spec?.['replicas'] ?? hpa?.spec?.['maxReplicas']) + 1;
  };
  const api = replicas('cloudnative-app');
  const needed =
    api * (pool + READINESS_CONNECTION + MIGRATION_CONNECTIONS) +
    replicas('cloudnative-app-worker') * (pool + READINESS_CONNECTION + LISTEN_CONNECTION) +
    pool;
  const granted = Number(
    configuration(manifests).metadata.annotations?.['cloudnative-app/database-connections'],
  );
  return needed <= granted
    ? []
    : [`all pools together need ${needed} connections; the database grants ${granted}`];
}
