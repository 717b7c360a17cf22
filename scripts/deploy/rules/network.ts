import {
  type Manifest,
  matches,
  ofKind,
  type Rule,
  type Selector,
  title,
  workloads,
} from '../manifests.js';

interface Peer {
  readonly ipBlock?: { readonly cidr: string; readonly except?: readonly string[] };
  readonly namespaceSelector?: Selector;
  readonly podSelector?: Selector;
}

interface PolicyRule {
  readonly from?: readonly Peer[];
  readonly to?: readonly Peer[];
  readonly ports?: readonly { readonly port?: number; readonly protocol?: string }[];
}

interface Policy {
  readonly podSelector: Selector;
  readonly policyTypes?: readonly string[];
  readonly ingress?: readonly PolicyRule[];
  readonly egress?: readonly PolicyRule[];
}

/** Not to be reached through a rule about public addresses: neighbours, and the cloud's metadata. */
const PRIVATE = ['10.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12', '192.168.0.0/16'];
const METRICS_PORT = 9090;

/** Closed by default; open by port and peer; metrics for Prometheus alone; names over UDP and TCP. */
export const network: Rule = (manifests) => {
  const policies = ofKind(manifests, 'NetworkPolicy');
  return [
    ...(policies.some(deniesAll) ? [] : ['no NetworkPolicy denies what none allows']),
    ...policies.flatMap(policyFaults),
    ...workloads(manifests).flatMap(({ owner, template }) => {
      const rules = policies
        .map(specOf)
        .filter(({ podSelector }) => matches(podSelector, template.metadata?.labels))
        .flatMap(({ egress = [] }) => egress);
      return ['UDP', 'TCP'].flatMap((protocol) =>
        rules.some(({ ports = [] }) =>
          ports.some((port) => port.port === 53 && port.protocol === protocol),
        )
          ? []
          : [`${title(owner)} cannot resolve names over ${protocol}`],
      );
    }),
  ];
};

function policyFaults(policy: Manifest): string[] {
  const { ingress = [], egress = [] } = specOf(policy);
  const rules = [
    ...ingress.map(({ from, ports }) => ({ peers: from, ports, way: 'ingress' })),
    ...egress.map(({ to, ports }) => ({ peers: to, ports, way: 'egress' })),
  ];
  return rules.flatMap(({ peers = [], ports = [], way }) => {
    const faults = [
      ...(peers.length === 0 || peers.some(isAnybody) ? [`${way} to or from everything`] : []),
      ...(ports.length === 0 || ports.some(({ port }) => port === undefined)
        ? [`${way} on every port`]
        : []),
      ...(way === 'ingress' &&
      ports.some(({ port }) => port === METRICS_PORT) &&
      !peers.every(isPrometheus)
        ? ['metrics are open to more than Prometheus']
        : []),
    ];
    return faults.map((fault) => `${title(policy)} ${fault}`);
  });
}

function isAnybody({ ipBlock, namespaceSelector, podSelector }: Peer): boolean {
  if (ipBlock) {
    const [, prefix] = ipBlock.cidr.split('/');
    return prefix === '0' && !PRIVATE.every((range) => ipBlock.except?.includes(range));
  }
  const empty = (selector: Selector | undefined) =>
    selector === undefined || Object.keys(selector).length === 0;
  return empty(podSelector) && empty(namespaceSelector);
}

function isPrometheus({ podSelector }: Peer): boolean {
  return podSelector?.matchLabels?.['app.kubernetes.io/name'] === 'prometheus';
}

function deniesAll(policy: Manifest): boolean {
  const { podSelector, policyTypes = [], ingress = [], egress = [] } = specOf(policy);
  return (
    Object.keys(podSelector).length === 0 &&
    ['Ingress', 'Egress'].every((type) => policyTypes.includes(type)) &&
    ingress.length + egress.length === 0
  );
}

function specOf(policy: Manifest): Policy {
  return policy.spec as unknown as Policy;
}
