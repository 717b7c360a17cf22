import { type Container, containersOf, ofKind, type Rule, title, workloads } from '../manifests.js';

/** Volumes that the profile allows and we have a use for. */
const VOLUMES = ['configMap', 'emptyDir', 'projected', 'secret', 'downwardAPI'];

/** Pod Security Standards, profile "restricted", and what we demand beyond it. */
export const podSecurity: Rule = (manifests) => [
  ...ofKind(manifests, 'Namespace').flatMap(({ metadata: { name, labels } }) =>
    labels?.['pod-security.kubernetes.io/enforce'] === 'restricted'
      ? []
      : [`Namespace/${name} does not enforce Pod Security "restricted"`],
  ),
  ...workloads(manifests).flatMap((workload) => {
    const { spec } = workload.template;
    const { securityContext = {} } = spec;
    const pod = title(workload.owner);
    const expectations: [boolean, string][] = [
      [securityContext['runAsNonRoot'] === true, 'may run as root: runAsNonRoot is not true'],
      [Number(securityContext['runAsUser']) > 0, 'runAsUser is root or not numeric'],
      [isDefaultSeccomp(securityContext), 'has no seccomp profile RuntimeDefault'],
      [!spec.hostNetwork && !spec.hostPID && !spec.hostIPC, 'shares a namespace of the host'],
      [spec.automountServiceAccountToken === false, 'mounts a service account token'],
    ];
    return [
      ...expectations.flatMap(([holds, fault]) => (holds ? [] : [`${pod} ${fault}`])),
      ...(spec.volumes ?? []).flatMap((volume) =>
        VOLUMES.some((kind) => kind in volume)
          ? []
          : [`${pod} volume ${volume.name} is of a kind that is not allowed`],
      ),
      ...containersOf(workload).flatMap((container) =>
        containerFaults(container).map((fault) => `${pod} ${container.name} ${fault}`),
      ),
    ];
  }),
];

function containerFaults({ securityContext = {}, image, ports = [] }: Container): string[] {
  const { capabilities } = securityContext;
  const expectations: [boolean, string][] = [
    [securityContext['allowPrivilegeEscalation'] === false, 'may escalate privileges'],
    [securityContext['privileged'] !== true, 'is privileged'],
    [securityContext['readOnlyRootFilesystem'] === true, 'can write to its root file system'],
    [securityContext['runAsNonRoot'] !== false, 'may run as root'],
    [securityContext['runAsUser'] !== 0, 'runs as root'],
    [capabilities?.drop?.includes('ALL') === true, 'keeps capabilities'],
    [(capabilities?.add ?? []).length === 0, 'adds capabilities'],
    [ports.every((port) => !('hostPort' in port)), 'takes a port of the host'],
    [/:[^/]+$/.test(image) && !image.endsWith(':latest'), 'has an image without a fixed tag'],
  ];
  return expectations.flatMap(([holds, fault]) => (holds ? [] : [fault]));
}

function isDefaultSeccomp(securityContext: Readonly<Record<string, unknown>>): boolean {
  const profile = securityContext['seccompProfile'] as { type?: string } | undefined;
  return profile?.type === 'RuntimeDefault';
}
