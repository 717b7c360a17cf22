import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { hasKubectl } from '../../scripts/deploy/kubectl.js';
import {
  type Container,
  type Manifest,
  type PodTemplate,
  render,
  title,
  workloads,
} from '../../scripts/deploy/manifests.js';
import { manifestFaults } from '../../scripts/deploy/rules/rules.js';
import { MADE_OUTSIDE } from '../../scripts/deploy/rules/wiring.js';
import { spellingFaults, validationFaults } from '../../scripts/deploy/schema.js';
import { describeWhen } from '../support/installed.js';

const ROOT = join(import.meta.dirname, '..', '..');

type Mutable<T> = T extends object ? { -readonly [Key in keyof T]: Mutable<T[Key]> } : T;

describeWhen(hasKubectl(), 'kubectl')('rendered manifests', () => {
  let production: readonly Manifest[];
  beforeAll(async () => {
    production = await render(join(ROOT, 'deploy', 'overlays', 'production'));
    // Where kubectl is not installed it is fetched now.
  });

  it.each(['dev', 'staging', 'production'])('have no faults: %s', async (overlay) => {
    const manifests = await render(join(ROOT, 'deploy', 'overlays', overlay));
    expect([...manifestFaults(manifests), ...(await validationFaults(manifests))]).toEqual([]);
  });

  it.each(MADE_OUTSIDE)('say in the runbook where the Secret %s comes from', (name) => {
    const runbook = readFileSync(join(ROOT, 'docs', 'runbook.md'), 'utf8').split('\n');
    const commands = runbook.filter((line) => line.includes('create secret'));
    expect(commands.join('\n')).toMatch(new RegExp(`create secret \\S+ ${name} `));
  });

  type Plant = (object: Mutable<Manifest> & { spec: never }) => void;
  const template = (object: Mutable<Manifest>) => {
    const [workload] = workloads([object]);
    if (!workload) throw new Error(`${title(object)} runs nothing`);
    return workload.template as Mutable<PodTemplate>;
  };
  const app = (object: Mutable<Manifest>) =>
    template(object).spec.containers[0] as Mutable<Container>;

  const plants: [string, string, Plant, RegExp][] = [
    [
      'root user of the pod',
      'Deployment/cloudnative-app',
      (it) => Object.assign(template(it).spec.securityContext ?? {}, { runAsUser: 0 }),
      /runAsUser is root/,
    ],
    [
      'root user of a container',
      'Deployment/cloudnative-app-worker',
      (it) => Object.assign(app(it).securityContext ?? {}, { runAsUser: 0 }),
      /worker runs as root/,
    ],
    [
      'writable root file system',
      'Deployment/cloudnative-app',
      (it) => Object.assign(app(it).securityContext ?? {}, { readOnlyRootFilesystem: false }),
      /can write to its root/,
    ],
    [
      'wrong selector of the Service',
      'Service/cloudnative-app-service',
      (it) =>
        delete (it.spec as { selector: Record<string, string> }).selector[
          'app.kubernetes.io/component'
        ],
      /Service\/cloudnative-app-service selects .*worker/,
    ],
    [
      'wrong selector of the Deployment',
      'Deployment/cloudnative-app',
      (it) =>
        Object.assign((it.spec as { selector: { matchLabels: object } }).selector.matchLabels, {
          'app.kubernetes.io/name': 'other',
        }),
      /Deployment\/cloudnative-app selects nothing/,
    ],
    ...(
      [
        ['no peer', []],
        ['an address range', [{ ipBlock: { cidr: '0.0.0.0/0' } }]],
      ] as const
    ).map(([by, to]): [string, string, Plant, RegExp] => [
      `egress to everything, by ${by}`,
      'NetworkPolicy/cloudnative-app-egress-services',
      (it) => Object.assign((it.spec as { egress: object[] }).egress[1] ?? {}, { to }),
      /egress to or from everything/,
    ]),
    [
      'metrics open to all',
      'NetworkPolicy/cloudnative-app-metrics',
      (it) =>
        Object.assign((it.spec as { ingress: object[] }).ingress[0] ?? {}, {
          from: [{ namespaceSelector: { matchLabels: { a: 'b' } } }],
        }),
      /more than Prometheus/,
    ],
    [
      'secret in the ConfigMap',
      'ConfigMap/app-config',
      (it) => Object.assign(it.data ?? {}, { JWT_SECRET: 'in-clear' }),
      /holds JWT_SECRET/,
    ],
    [
      'secret in an environment variable',
      'Deployment/cloudnative-app',
      (it) => app(it).env?.push({ name: 'API_KEY', value: 'in-clear' }),
      /has API_KEY in clear/,
    ],
    [
      'password in a URL',
      'ConfigMap/app-config',
      (it) =>
        Object.assign(it.data ?? {}, { EMAIL_SERVICE_URL: 'smtp://user:word@mail.example.com' }),
      /password or private key/,
    ],
    [
      'probe on a wrong port',
      'Deployment/cloudnative-app',
      (it) => Object.assign(app(it).readinessProbe?.httpGet ?? {}, { port: 9090 }),
      /readinessProbe asks 9090/,
    ],
    [
      'grace shorter than the drain',
      'Deployment/cloudnative-app',
      (it) => Object.assign(template(it).spec, { terminationGracePeriodSeconds: 20 }),
      /needs 30 s to stop and gets 20/,
    ],
    [
      'a ConfigMap that nobody makes',
      'Deployment/cloudnative-app',
      (it) => Object.assign(app(it).envFrom?.[0] ?? {}, { configMapRef: { name: 'app-confg' } }),
      /app-confg, which nobody makes/,
    ],
    [
      'more pools than the database has connections',
      'HorizontalPodAutoscaler/cloudnative-app-hpa',
      (it) => Object.assign(it.spec, { maxReplicas: 40 }),
      /the database grants 360/,
    ],
    [
      'admin through the ingress',
      'Ingress/cloudnative-app',
      (it) =>
        (it.spec as { rules: { http: { paths: object[] } }[] }).rules[0]?.http.paths.push({
          path: '/admin',
        }),
      /lets \/admin in/,
    ],
    [
      'a public route that the ingress forgets',
      'Ingress/cloudnative-app',
      (it) => (it.spec as { rules: { http: { paths: object[] } }[] }).rules[0]?.http.paths.shift(),
      /Ingress\/cloudnative-app does not let \/events in/,
    ],
    ...[
      'Deployment/cloudnative-app-worker',
      'CronJob/cloudnative-app-cleanup',
      'Deployment/otel-collector',
    ].map((target): [string, string, Plant, RegExp] => [
      `no toleration of spot instances: ${target}`,
      target,
      (it) => delete template(it).spec.tolerations,
      new RegExp(`${target} does not tolerate spot-instance Equal true NoSchedule`),
    ]),
    [
      'a pull secret that nobody makes',
      'CronJob/cloudnative-app-cleanup',
      (it) => Object.assign(template(it).spec, { imagePullSecrets: [{ name: 'registry' }] }),
      /cleanup refers to Secret\/registry, which nobody makes/,
    ],
    [
      'a certificate that nobody makes',
      'Ingress/cloudnative-app',
      (it) => Object.assign((it.spec as { tls: object[] }).tls[0] ?? {}, { secretName: 'tls' }),
      /Ingress\/cloudnative-app refers to Secret\/tls, which nobody makes/,
    ],
  ];

  it.each(plants)('are refused with a planted fault: %s', (_name, target, plant, fault) => {
    expect(manifestFaults(planted(target, plant)).join('\n')).toMatch(fault);
  });

  it('are refused with a planted fault: misspelt field', async () => {
    const manifests = planted('Deployment/cloudnative-app', (it) => {
      Object.assign(app(it), { readinesProbe: app(it).readinessProbe });
    });
    expect((await spellingFaults({ production: manifests })).join('\n')).toMatch(
      /readinesProbe.* does not exist/,
    );
  });

  it('are refused with a planted fault: value of a wrong type', async () => {
    const manifests = planted('Deployment/cloudnative-app', (it) => {
      Object.assign(template(it).spec, { terminationGracePeriodSeconds: '30' });
    });
    expect((await validationFaults(manifests)).join('\n')).toMatch(/terminationGracePeriodSeconds/);
  });

  /** A copy of the production manifests with one object changed. */
  function planted(target: string, plant: Plant): Manifest[] {
    const copy = structuredClone(production) as Mutable<Manifest>[];
    const object = copy.find(
      (manifest) =>
        title(manifest).startsWith(target) &&
        /^(-[a-z0-9]{10})?$/.test(title(manifest).slice(target.length)),
    );
    if (!object) throw new Error(`no ${target}`);
    plant(object as Mutable<Manifest> & { spec: never });
    return copy;
  }
});
