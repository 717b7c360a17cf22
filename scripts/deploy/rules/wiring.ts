import {
  type Container,
  containersOf,
  type Labels,
  type Manifest,
  matches,
  ofKind,
  type Rule,
  type Selector,
  setting,
  title,
  type Workload,
  workloads,
} from '../manifests.js';

const COMPONENT = 'app.kubernetes.io/component';
/** Made outside: by external-secrets, the certificate manager, or the cluster's administrators. */
export const MADE_OUTSIDE = [
  'app-secrets',
  'registry-credentials',
  'cloudnative-app-tls',
  'cloudnative-app-console-tls',
] as const;

/** Every name, selector and port leads to what it means. */
export const wiring: Rule = (manifests) => [
  ...names(manifests),
  ...references(manifests),
  ...selectors(manifests),
  ...probes(manifests),
];

/** One object of a name, and all in the namespace that is made here. */
function names(manifests: readonly Manifest[]): string[] {
  const titles = manifests.map(title);
  const namespace = ofKind(manifests, 'Namespace')[0]?.metadata.name;
  return [
    ...titles
      .filter((name, index) => titles.indexOf(name) !== index)
      .map((name) => `${name} stands twice`),
    ...manifests
      .filter(({ kind, metadata }) => kind !== 'Namespace' && metadata.namespace !== namespace)
      .map((manifest) => `${title(manifest)} is not in the namespace ${namespace}`),
  ];
}

function references(manifests: readonly Manifest[]): string[] {
  const known = new Set([...manifests.map(title), ...MADE_OUTSIDE.map((name) => `Secret/${name}`)]);
  const missing = (owner: string, wanted: (string | false | undefined)[]) =>
    wanted
      .filter((name) => typeof name === 'string' && !known.has(name))
      .map((name) => `${owner} refers to ${String(name)}, which nobody makes`);
  return [
    ...workloads(manifests).flatMap((workload) => {
      const { spec } = workload.template;
      const volumes = spec.volumes ?? [];
      const owner = title(workload.owner);
      return [
        ...missing(owner, [
          spec.serviceAccountName && `ServiceAccount/${spec.serviceAccountName}`,
          ...(spec.imagePullSecrets ?? []).map(({ name }) => `Secret/${name}`),
          ...containersOf(workload).flatMap(referencesOf),
          ...volumes.map(({ configMap }) => {
            const name = (configMap as { name?: string } | undefined)?.name;
            return name && `ConfigMap/${name}`;
          }),
        ]),
        ...containersOf(workload).flatMap(({ name, volumeMounts = [] }) =>
          volumeMounts
            .filter((mount) => volumes.every((volume) => volume.name !== mount.name))
            .map((mount) => `${owner} ${name} mounts ${mount.name}, which is no volume`),
        ),
      ];
    }),
    ...ofKind(manifests, 'Ingress').flatMap((ingress) => {
      const tls = (ingress.spec?.['tls'] ?? []) as { secretName?: string }[];
      return missing(
        title(ingress),
        tls.map(({ secretName }) => secretName && `Secret/${secretName}`),
      );
    }),
    ...ofKind(manifests, 'HorizontalPodAutoscaler').flatMap((hpa) => {
      const target = hpa.spec?.['scaleTargetRef'] as { kind: string; name: string };
      return missing(title(hpa), [`${target.kind}/${target.name}`]);
    }),
  ];
}

function referencesOf({ env = [], envFrom = [] }: Container): (string | false | undefined)[] {
  return [
    ...envFrom.flatMap(({ configMapRef, secretRef }) => [
      configMapRef && `ConfigMap/${configMapRef.name}`,
      secretRef && `Secret/${secretRef.name}`,
    ]),
    ...env.flatMap(({ valueFrom }) => [
      valueFrom?.configMapKeyRef && `ConfigMap/${valueFrom.configMapKeyRef.name}`,
      valueFrom?.secretKeyRef && `Secret/${valueFrom.secretKeyRef.name}`,
    ]),
  ];
}

/** A selector finds pods of one component, and a Deployment's those of its own template. */
function selectors(manifests: readonly Manifest[]): string[] {
  const pods = workloads(manifests);
  const found = (selector: Selector) =>
    pods.filter(({ template }) => matches(selector, template.metadata?.labels));
  const oneOnly = ['Deployment', 'Service', 'PodDisruptionBudget'];
  return manifests.flatMap((manifest) => {
    const selector = selectorOf(manifest);
    if (!selector || !oneOnly.includes(manifest.kind)) return [];
    const selected = found(selector);
    const own = pods.find(({ owner }) => owner === manifest);
    const services = manifest.kind === 'Service' ? targetFaults(manifest, selected) : [];
    if (selected.length === 1 && (!own || selected[0] === own)) return services;
    const hit = selected.map(({ owner }) => title(owner)).join(', ') || 'nothing';
    return [`${title(manifest)} selects ${hit}`, ...services];
  });
}

function selectorOf({ kind, spec }: Manifest): Selector | undefined {
  const selector = spec?.['selector'];
  return kind === 'Service'
    ? { matchLabels: selector as Labels }
    : (selector as Selector | undefined);
}

function targetFaults(service: Manifest, selected: readonly Workload[]): string[] {
  const ports = service.spec?.['ports'] as { name: string; targetPort: number }[];
  const open = selected.flatMap(({ template }) =>
    template.spec.containers.flatMap(({ ports: all = [] }) =>
      all.map((port) => port.containerPort),
    ),
  );
  return ports
    .filter(({ targetPort }) => !open.includes(targetPort))
    .map(({ name }) => `${title(service)} port ${name} leads to a port that nobody opens`);
}

/** Probes ask the port and the paths that the process answers, and metrics are scraped where they are. */
function probes(manifests: readonly Manifest[]): string[] {
  const wanted = { startupProbe: '/health', livenessProbe: '/health', readinessProbe: '/ready' };
  const metrics = String(setting(manifests, 'METRICS_PORT'));
  const served = workloads(manifests).filter(({ template }) =>
    ['api', 'worker'].includes(template.metadata?.labels?.[COMPONENT] ?? ''),
  );
  return served.flatMap(({ owner, template }) => [
    ...template.spec.containers.flatMap((container) => {
      const http = container.ports?.find(({ name }) => name === 'http')?.containerPort;
      return Object.entries(wanted).flatMap(([kind, path]) => {
        const probe = container[kind as keyof typeof wanted]?.httpGet;
        return probe?.path === path && probe.port === http
          ? []
          : [`${title(owner)} ${kind} asks ${probe?.port}${probe?.path}, not ${http}${path}`];
      });
    }),
    ...(template.metadata?.annotations?.['prometheus.io/port'] === metrics
      ? []
      : [`${title(owner)} is scraped on another port than METRICS_PORT`]),
  ]);
}
