import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';

import { hasKubectl } from '../../scripts/deploy/kubectl.js';
import {
  type Manifest,
  matches,
  ofKind,
  render,
  type Selector,
} from '../../scripts/deploy/manifests.js';
import { manifestFaults } from '../../scripts/deploy/rules/rules.js';
import { validationFaults } from '../../scripts/deploy/schema.js';
import { describeWhen } from '../support/installed.js';

const ROOT = join(import.meta.dirname, '..', '..');

interface Egress {
  readonly to: readonly { readonly namespaceSelector?: Selector }[];
  readonly ports: readonly { readonly port: number }[];
}

interface IngressHost {
  readonly host: string;
  readonly http: { readonly paths: readonly { readonly path: string }[] };
}

/** The production overlay with one more component. */
async function withComponent(component: string): Promise<readonly Manifest[]> {
  const folder = mkdtempSync(join(tmpdir(), 'cnua-component-'));
  const from = (path: string) => relative(realpathSync(folder), join(ROOT, 'deploy', path));
  writeFileSync(
    join(folder, 'kustomization.yaml'),
    `namespace: cloudnative-app\nresources: ['${from('overlays/production')}']\ncomponents: ['${from(`components/${component}`)}']\n`,
  );
  const rendered = await render(folder);
  rmSync(folder, { recursive: true });
  return rendered;
}

/** What pods of a component of the service may reach. */
function egressOf(manifests: readonly Manifest[], component: string): Egress[] {
  return ofKind(manifests, 'NetworkPolicy')
    .map(({ spec }) => spec as unknown as { podSelector: Selector; egress?: Egress[] })
    .filter(({ podSelector }) =>
      matches(podSelector, {
        'app.kubernetes.io/name': 'cloudnative-app',
        'app.kubernetes.io/component': component,
      }),
    )
    .flatMap(({ egress = [] }) => egress);
}

describeWhen(hasKubectl(), 'kubectl')('rendered manifests', () => {
  let production: readonly Manifest[];
  beforeAll(async () => {
    production = await render(join(ROOT, 'deploy', 'overlays', 'production'));
    // Where kubectl is not installed it is fetched now.
  });

  it('allow outgoing SMTP only with the smtp component', async () => {
    const withSmtp = await withComponent('smtp');
    expect([...manifestFaults(withSmtp), ...(await validationFaults(withSmtp))]).toEqual([]);
    const open = (manifests: readonly Manifest[], component: string) =>
      egressOf(manifests, component).flatMap(({ ports }) => ports.map(({ port }) => port));
    const smtp = [25, 465, 587];
    for (const component of ['api', 'worker']) {
      expect(open(withSmtp, component)).toEqual(expect.arrayContaining(smtp));
      expect(open(production, component).filter((port) => smtp.includes(port))).toEqual([]);
    }
    expect(open(withSmtp, 'cleanup').filter((port) => smtp.includes(port))).toEqual([]);
  });

  it('let operators in on the host of the console only, which passkeys know', async () => {
    const extended = await withComponent('console');
    expect([...manifestFaults(extended), ...(await validationFaults(extended))]).toEqual([]);
    const hostsOf = (path: string) =>
      ofKind(extended, 'Ingress')
        .flatMap(({ spec }) => (spec as unknown as { rules: IngressHost[] }).rules)
        .filter(({ http }) => http.paths.some((allowed) => allowed.path === path))
        .map(({ host }) => host);
    const [settings] = ofKind(extended, 'ConfigMap').filter(({ data }) => data?.['PUBLIC_URL']);
    const internal = 'console.accounts.example.com';
    expect(hostsOf('/console')).toEqual([internal]);
    expect(hostsOf('/admin')).toEqual([internal]);
    expect(hostsOf('/sign-in').toSorted()).toEqual(['accounts.example.com', internal]);
    expect(hostsOf('/metrics')).toEqual([]);
    expect(settings?.data?.['WEBAUTHN_ORIGINS']).toContain(`https://${internal}`);
  });

  it.each(['breach-check', 'oidc'])(
    'let the API reach %s in the cluster only with its component',
    async (name) => {
      const extended = await withComponent(name);
      expect([...manifestFaults(extended), ...(await validationFaults(extended))]).toEqual([]);
      const server = { 'kubernetes.io/metadata.name': name };
      const reaches = (manifests: readonly Manifest[], component: string) =>
        egressOf(manifests, component).some(({ to }) =>
          to.some(
            ({ namespaceSelector }) => namespaceSelector && matches(namespaceSelector, server),
          ),
        );
      expect(reaches(extended, 'api')).toBe(true);
      expect(reaches(extended, 'worker')).toBe(false);
      expect(reaches(production, 'api')).toBe(false);
    },
  );
  it('let deliveries reach other ports only with the webhooks component', async () => {
    const withWebhooks = await withComponent('webhooks');
    expect([...manifestFaults(withWebhooks), ...(await validationFaults(withWebhooks))]).toEqual(
      [],
    );
    const reaches = (manifests: readonly Manifest[], component: string) =>
      egressOf(manifests, component).some(({ ports }) => ports.some(({ port }) => port === 8443));
    expect(['api', 'worker', 'cleanup'].map((each) => reaches(withWebhooks, each))).toEqual([
      true,
      true,
      false,
    ]);
    expect(reaches(production, 'worker')).toBe(false);
  });

  it('let the API reach a range service in the cluster only with its component', async () => {
    const withRanges = await withComponent('breach-check');
    expect([...manifestFaults(withRanges), ...(await validationFaults(withRanges))]).toEqual([]);
    const mirror = { 'kubernetes.io/metadata.name': 'breach-check' };
    const reaches = (manifests: readonly Manifest[], component: string) =>
      egressOf(manifests, component).some(({ to }) =>
        to.some(({ namespaceSelector }) => namespaceSelector && matches(namespaceSelector, mirror)),
      );
    expect(reaches(withRanges, 'api')).toBe(true);
    expect(reaches(withRanges, 'worker')).toBe(false);
    expect(reaches(production, 'api')).toBe(false);
  });
});
