import { join } from 'node:path';

import { withExclusiveLock } from '../../src/platform/database/embedded/exclusive-lock.js';
import { ensureBaseImage } from './base-image.js';
import { CACHE } from './cache.js';
import { collectorFaults } from './collector.js';
import { installed, run } from './command.js';
import { composeFaults } from './compose.js';
import { buildImage, IMAGE, inspectImage, lookInside, measureImage } from './image.js';
import { hasKubectl } from './kubectl.js';
import { type Manifest, OVERLAYS, render } from './manifests.js';
import { playPod } from './pod.js';
import { manifestFaults } from './rules/rules.js';
import { runDevelopment } from './run-development.js';
import { runExporters } from './run-exporters.js';
import { runImage } from './run-image.js';
import { spellingFaults, validationFaults } from './schema.js';
import { checkConfiguration, listParts } from './trivy.js';
import { workflowFaults } from './workflows.js';

/**
 * `npm run verify:deploy`: image, manifests and delivery, tried as far as that goes without a cluster.
 * A step whose tools are missing is skipped by name; with CI=true that is a failure. Names of steps as
 * arguments run these alone.
 */
interface Step {
  readonly name: string;
  /** Programs that have to be installed, and root where containers are made. */
  readonly needs: readonly string[];
  /** @returns what was seen. @throws what is wrong. */
  run(): Promise<string>;
}

const CONTAINERS = ['root', 'buildah', 'podman', 'runc', 'catatonit', 'debootstrap'];
/** As long as a run takes that starts with nothing. */
const LONGEST_WAIT_MS = 600_000;
const overlays: Record<string, Manifest[]> = {};

const steps: Step[] = [
  {
    name: 'workflows',
    needs: [],
    run: async () => none(await workflowFaults(), 'actionlint is content'),
  },
  { name: 'compose', needs: [], run: async () => none(await composeFaults(), 'as specified') },
  {
    name: 'collectors',
    needs: [],
    run: async () => none(collectorFaults(), 'every pipeline is whole'),
  },
  {
    name: 'prometheus',
    needs: ['promtool'],
    run: () =>
      run('promtool', ['check', 'config', '--syntax-only', 'deploy/compose/prometheus.yaml']),
  },
  {
    name: 'render',
    needs: ['kubectl'],
    run: async () => {
      for (const name of OVERLAYS) overlays[name] = await render(join('deploy', 'overlays', name));
      const counts = Object.entries(overlays).map(([name, all]) => `${name} ${all.length} objects`);
      return counts.join(', ');
    },
  },
  {
    name: 'schema',
    needs: ['kubectl'],
    run: async () => {
      const faults = await Promise.all(Object.values(overlays).map(validationFaults));
      return none(
        [...faults.flat(), ...(await spellingFaults(overlays))],
        'every object and field is known',
      );
    },
  },
  {
    name: 'own rules',
    needs: ['kubectl'],
    run: async () => none(Object.values(overlays).flatMap(manifestFaults), 'all hold'),
  },
  { name: 'trivy config', needs: ['kubectl', 'x64'], run: () => checkConfiguration(overlays) },
  { name: 'base image', needs: CONTAINERS, run: ensureBaseImage },
  {
    name: 'build',
    needs: CONTAINERS,
    run: async () => {
      await buildImage('runtime', IMAGE);
      return inspectImage();
    },
  },
  { name: 'size and layers', needs: CONTAINERS, run: measureImage },
  { name: 'content', needs: CONTAINERS, run: lookInside },
  { name: 'run', needs: CONTAINERS, run: runImage },
  { name: 'exporters', needs: CONTAINERS, run: runExporters },
  { name: 'development', needs: CONTAINERS, run: runDevelopment },
  { name: 'pod', needs: [...CONTAINERS, 'kubectl', 'ip', 'unshare'], run: playPod },
  { name: 'image SBOM', needs: [...CONTAINERS, 'x64'], run: listParts },
];

let failed = 0;
const wanted = process.argv.slice(2);
const chosen = steps.filter(({ name }) => wanted.length === 0 || wanted.includes(name));
// Storage, tags, pod and secret are the same for all runs, and the cleaning up of one would take the pod of another away.
await (chosen.some(({ needs }) => needs.includes('podman') && needs.every(has))
  ? withExclusiveLock(CACHE, 'containers-in-use', LONGEST_WAIT_MS, runAll)
  : runAll());
// `npm audit` needs an answer of the registry, and images of other platforms an emulator.
report('SKIPPED', 'known vulnerabilities, arm64, signature', 'done in .github/workflows');
process.exit(failed === 0 ? 0 : 1);

async function runAll(): Promise<void> {
  for (const step of chosen) await runStep(step);
}

async function runStep(step: Step): Promise<void> {
  const started = performance.now();
  const missing = step.needs.filter((need) => !has(need));
  if (missing.length > 0) {
    report('SKIPPED', step.name, `not here: ${missing.join(', ')}`);
    if (process.env['CI'] === 'true') failed += 1;
    return;
  }
  try {
    const seen = await step.run();
    report(
      'ok     ',
      `${step.name} (${((performance.now() - started) / 1000).toFixed(1)} s)`,
      seen,
    );
  } catch (error) {
    failed += 1;
    report('FAILED ', step.name, error instanceof Error ? error.message : String(error));
  }
}
function has(need: string): boolean {
  if (need === 'root') return process.getuid?.() === 0;
  if (need === 'kubectl') return hasKubectl();
  if (need === 'x64') return process.arch === 'x64' && process.platform === 'linux';
  return installed(need);
}

function none(faults: readonly string[], otherwise: string): string {
  if (faults.length > 0) throw new Error(faults.join('\n'));
  return otherwise;
}

function report(outcome: string, name: string, text: string): void {
  process.stdout.write(`${outcome} ${name}: ${text.trim()}\n`);
}
