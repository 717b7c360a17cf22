import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { stringify } from 'yaml';

import { waitFor } from '../../test/support/wait-for.js';
import { attempt, run } from './command.js';
import { PODMAN } from './containers.js';
import { IMAGE } from './image.js';
import {
  configuration,
  type Container,
  type EnvironmentEntry,
  type Manifest,
  render,
  title,
  workloads,
} from './manifests.js';
import { inventSecrets } from './service-environment.js';

/**
 * Runs the pod of an overlay's Deployment as rendered, migration and all. Started by `pod.ts` in a network
 * namespace of its own, so that the pod's ports are free and nothing outside can be reached; the
 * database is found through its Unix socket.
 */
const [overlay = '', socket = ''] = process.argv.slice(2);
const POD = 'cloudnative-app-verify';

await run('ip', ['link', 'set', 'lo', 'up']);
const relay = createServer((client) => {
  const server = connect(socket);
  for (const end of [client, server]) end.on('error', () => (client.destroy(), server.destroy()));
  client.pipe(server).pipe(client);
}).listen(5432, '127.0.0.1');

const folder = mkdtempSync(join(tmpdir(), 'verify-deploy-'));
try {
  const manifests = await render(overlay);
  const objects = [configuration(manifests), pod(manifests)];
  writeFileSync(join(folder, 'secret.json'), secret());
  // podman's own limits are above what a container in a container may ask for.
  const limits = join(folder, 'containers.conf');
  writeFileSync(
    limits,
    '[containers]\ndefault_ulimits = ["nofile=4096:4096", "nproc=4096:4096"]\n',
  );
  writeFileSync(join(folder, 'pod.yaml'), objects.map((object) => stringify(object)).join('---\n'));
  // A run that was cut off leaves these behind.
  await clear();
  await run('podman', [...PODMAN, 'secret', 'create', 'app-secrets', join(folder, 'secret.json')]);
  const started = performance.now();
  await run('podman', [...PODMAN, 'kube', 'play', '--network', 'host', join(folder, 'pod.yaml')], {
    env: { CONTAINERS_CONF: limits },
  });
  // The database was empty: ready means that the init container has migrated it.
  await waitFor(
    'the pod to be ready',
    async () => (await fetch('http://127.0.0.1:8080/ready')).ok,
    90_000,
  );
  const ms = Math.round(performance.now() - started);
  await waitFor('metrics', async () => (await fetch('http://127.0.0.1:9090/metrics')).ok);
  await run('podman', [...PODMAN, 'kill', '--signal', 'TERM', `${POD}-app`]);
  const code = (await run('podman', [...PODMAN, 'wait', `${POD}-app`])).trim();
  if (code !== '0') throw new Error(`the pod's process ended with ${code}`);
  process.stdout.write(
    `migrated by its init container, ready after ${ms} ms, stopped by SIGTERM with 0\n`,
  );
} catch (error) {
  for (const name of ['app', 'migrate-database']) {
    const { stdout, stderr } = await attempt('podman', [
      ...PODMAN,
      'logs',
      '--tail',
      '10',
      `${POD}-${name}`,
    ]);
    process.stderr.write(`${name}: ${stdout}${stderr}\n`);
  }
  throw error;
} finally {
  await attempt('podman', [...PODMAN, 'kube', 'down', join(folder, 'pod.yaml')]);
  await clear();
  rmSync(folder, { recursive: true, force: true });
  relay.close();
}
process.exit();

async function clear(): Promise<void> {
  await attempt('podman', [...PODMAN, 'pod', 'rm', '-f', POD]);
  await attempt('podman', [...PODMAN, 'secret', 'rm', 'app-secrets']);
}

/** The data of `app-secrets` as podman keeps it: a JSON object of base64. */
function secret(): string {
  const values = inventSecrets('postgresql://postgres@127.0.0.1:5432/postgres?sslmode=disable');
  return JSON.stringify(
    Object.fromEntries(
      Object.entries(values).map(([key, value]) => [key, Buffer.from(value).toString('base64')]),
    ),
  );
}

/** The template of the Deployment as a Pod: podman does not support its owner. */
function pod(manifests: readonly Manifest[]): object {
  const api = workloads(manifests).find(
    ({ owner }) => title(owner) === 'Deployment/cloudnative-app',
  );
  if (!api) throw new Error('no Deployment cloudnative-app');
  const local = <Item extends Container>(container: Item) => ({
    ...container,
    image: IMAGE,
    // No port is mapped on a host network, and podman refuses a pod that asks for it.
    ports: undefined,
    env: container.env?.map(known),
  });
  const { spec, metadata } = api.template;
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { ...metadata, name: POD },
    spec: {
      ...spec,
      restartPolicy: 'Never',
      initContainers: spec.initContainers?.map(local),
      containers: spec.containers.map(local),
    },
  };
}

/** podman supports only the pod's name of the downward API. */
function known(entry: EnvironmentEntry): EnvironmentEntry {
  const path = entry.valueFrom?.fieldRef?.fieldPath;
  return path === undefined || path === 'metadata.name'
    ? entry
    : { name: entry.name, value: 'verify' };
}
