import { parseAllDocuments } from 'yaml';

import { run } from './command.js';
import { kubectl } from './kubectl.js';

export const OVERLAYS = ['dev', 'staging', 'production'] as const;
export type Labels = Readonly<Record<string, string>>;

export interface Selector {
  readonly matchLabels?: Labels;
  readonly matchExpressions?: readonly {
    readonly key: string;
    readonly operator: string;
    readonly values?: readonly string[];
  }[];
}

export interface EnvironmentEntry {
  readonly name: string;
  readonly value?: string;
  readonly valueFrom?: {
    readonly secretKeyRef?: { readonly name: string };
    readonly configMapKeyRef?: { readonly name: string };
    readonly fieldRef?: { readonly fieldPath: string };
  };
}

interface Probe {
  readonly httpGet?: { readonly port: number | string; readonly path: string };
  readonly periodSeconds?: number;
  readonly failureThreshold?: number;
}

export interface Container {
  readonly name: string;
  readonly image: string;
  readonly args?: readonly string[];
  readonly ports?: readonly { readonly containerPort: number; readonly name?: string }[];
  readonly env?: readonly EnvironmentEntry[];
  readonly envFrom?: readonly {
    readonly configMapRef?: { readonly name: string };
    readonly secretRef?: { readonly name: string };
  }[];
  readonly resources?: { readonly requests?: Labels; readonly limits?: Labels };
  readonly securityContext?: Readonly<Record<string, unknown>> & {
    readonly capabilities?: { readonly add?: readonly string[]; readonly drop?: readonly string[] };
  };
  readonly lifecycle?: { readonly preStop?: { readonly sleep?: { readonly seconds: number } } };
  readonly startupProbe?: Probe;
  readonly livenessProbe?: Probe;
  readonly readinessProbe?: Probe;
  readonly volumeMounts?: readonly { readonly name: string; readonly mountPath: string }[];
}

export interface Toleration {
  readonly key?: string;
  readonly operator?: string;
  readonly value?: string;
  readonly effect?: string;
}

export interface PodSpec {
  readonly imagePullSecrets?: readonly { readonly name: string }[];
  readonly tolerations?: readonly Toleration[];
  readonly serviceAccountName?: string;
  readonly automountServiceAccountToken?: boolean;
  readonly hostNetwork?: boolean;
  readonly hostPID?: boolean;
  readonly hostIPC?: boolean;
  readonly securityContext?: Readonly<Record<string, unknown>>;
  readonly initContainers?: readonly Container[];
  readonly containers: readonly Container[];
  readonly volumes?: readonly (Readonly<Record<string, unknown>> & { readonly name: string })[];
  readonly terminationGracePeriodSeconds?: number;
}

export interface PodTemplate {
  readonly metadata?: { readonly labels?: Labels; readonly annotations?: Labels };
  readonly spec: PodSpec;
}

/** A rendered object. Code for its kind reads `spec`. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Labels;
    readonly annotations?: Labels;
  };
  readonly spec?: Readonly<Record<string, unknown>>;
  readonly data?: Labels;
  readonly stringData?: Labels;
}

/** A pod of a Deployment or CronJob, and its owner. */
export interface Workload {
  readonly owner: Manifest;
  readonly template: PodTemplate;
}

/** A rule checks all objects of an overlay and returns one fault per line. */
export type Rule = (manifests: readonly Manifest[]) => string[];

/** What `kubectl apply -k` would send. @param folder that of a kustomization. */
export async function render(folder: string): Promise<Manifest[]> {
  return parseManifests(await run(await kubectl(), ['kustomize', folder]));
}

export function parseManifests(text: string): Manifest[] {
  return parseAllDocuments(text).map((document) => document.toJS() as Manifest);
}

export function ofKind(manifests: readonly Manifest[], kind: string): Manifest[] {
  return manifests.filter((manifest) => manifest.kind === kind);
}

/** What the objects make run. */
export function workloads(manifests: readonly Manifest[]): Workload[] {
  return manifests.flatMap((owner) => {
    const spec = owner.spec as
      { template?: PodTemplate; jobTemplate?: { spec: { template: PodTemplate } } } | undefined;
    const template = spec?.jobTemplate?.spec.template ?? spec?.template;
    return template?.spec.containers ? [{ owner, template }] : [];
  });
}

export function containersOf({ template }: Workload): Container[] {
  return [...(template.spec.initContainers ?? []), ...template.spec.containers];
}

/** `Kind/name`, as in messages of kubectl. */
export function title({ kind, metadata }: Manifest): string {
  return `${kind}/${metadata.name}`;
}

export function matches(selector: Selector, labels: Labels = {}): boolean {
  return (
    Object.entries(selector.matchLabels ?? {}).every(([key, value]) => labels[key] === value) &&
    (selector.matchExpressions ?? []).every(
      ({ key, operator, values }) =>
        operator === 'In' && (values ?? []).includes(labels[key] ?? ''),
    )
  );
}

/** Value of a variable in the ConfigMap of the overlay. @throws when it is not there. */
export function setting(manifests: readonly Manifest[], name: string): number {
  const value = configuration(manifests).data?.[name];
  if (value === undefined) throw new Error(`the ConfigMap does not set ${name}`);
  return Number(value);
}

/** The ConfigMap of the service. @throws when it is not there. */
export function configuration(manifests: readonly Manifest[]): Manifest {
  const found = ofKind(manifests, 'ConfigMap').find(({ metadata }) =>
    metadata.name.startsWith('app-config'),
  );
  if (!found) throw new Error('no ConfigMap app-config');
  return found;
}
