import { setTimeout as delay } from 'node:timers/promises';

import { freePort } from '../../test/support/free-port.js';
import { startTestPostgres } from '../../test/support/postgres.js';
import { waitFor } from '../../test/support/wait-for.js';
import { attempt, run } from './command.js';
import { HARDENED, local, PODMAN } from './containers.js';
import { BUILD, IMAGE } from './image.js';
import { inventSecrets } from './service-environment.js';

const START_MS = 60_000;

/** The three processes of the image, hardened as in the Deployment, on a private PostgreSQL. */
export async function runImage(): Promise<string> {
  const postgres = await startTestPostgres({ version: 'embedded', tcp: true });
  const name = `verify-deploy-${process.pid}`;
  try {
    const [port, metricsPort, workerPort] = await distinctPorts();
    const environment = {
      ...inventSecrets(postgres.tcpUrl ?? ''),
      HOST: '127.0.0.1',
      PORT: String(port),
      METRICS_PORT: String(metricsPort),
      PUBLIC_URL: 'https://accounts.example.com',
      JOBS_IN_API: 'false',
    };
    const container = (variables: Readonly<Record<string, string>>) => [
      ...HARDENED,
      ...local(variables),
    ];
    const command = (...args: string[]) =>
      run('podman', [
        ...PODMAN,
        'run',
        '--rm',
        ...container(environment),
        IMAGE,
        'node',
        'dist/cli',
        ...args,
      ]);

    await command('migrate');
    await command('config');
    const url = `http://127.0.0.1:${port}`;
    const started = performance.now();
    await run('podman', [...PODMAN, 'run', '-d', '--name', name, ...container(environment), IMAGE]);
    await answers(`${url}/health`);
    const startMs = performance.now() - started;
    await answers(`${url}/ready`);
    await checkApi(url, `http://127.0.0.1:${metricsPort}/metrics`, environment.API_KEY);
    await run('podman', [...PODMAN, 'healthcheck', 'run', name]);
    const inside = await checkProcess(name);
    const list = await command('users', 'export', '-', '--format', 'jsonl');
    if (!list.includes('ada@example.com')) throw new Error(`the CLI exports no user: ${list}`);

    const worker = { ...environment, PORT: String(workerPort), METRICS_PORT: '' };
    await run('podman', [
      ...PODMAN,
      'run',
      '-d',
      '--name',
      `${name}-worker`,
      ...container(worker),
      IMAGE,
      'node',
      'dist/worker',
    ]);
    await answers(`http://127.0.0.1:${workerPort}/ready`);
    const stops = await Promise.all([stop(name), stop(`${name}-worker`)]);
    return [
      `API, worker and CLI run; API answers ${Math.round(startMs)} ms after podman run`,
      `  ${inside}`,
      `  stopped by SIGTERM with 0 in ${stops.map((ms) => `${Math.round(ms)} ms`).join(', ')}`,
    ].join('\n');
  } finally {
    await attempt('podman', [...PODMAN, 'rm', '-f', '-t', '1', '-i', name, `${name}-worker`]);
    await postgres.stop();
  }
}

async function checkApi(url: string, metrics: string, key: string): Promise<void> {
  const health = (await (await fetch(`${url}/health`)).json()) as Record<string, string>;
  if (health['version'] !== BUILD.BUILD_VERSION || health['environment'] !== 'production')
    throw new Error(`/health says ${JSON.stringify(health)}`);
  const created = await fetch(`${url}/users`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-api-key': key },
    body: JSON.stringify({
      email: 'ada@example.com',
      name: 'Ada',
      password: 'correct horse 7 staple',
    }),
  });
  const wanted: [string, number, number][] = [
    ['POST /users', created.status, 201],
    ['GET /docs', (await fetch(`${url}/docs`)).status, 200],
    ['GET /metrics on the port of the API', (await fetch(`${url}/metrics`)).status, 404],
    ['GET /metrics on METRICS_PORT', (await fetch(metrics)).status, 200],
  ];
  for (const [what, status, expected] of wanted) {
    if (status !== expected) throw new Error(`${what} answers ${status} instead of ${expected}`);
  }
}

/** Looks at the process from inside: who it is, what it may do, what it can write. */
async function checkProcess(name: string): Promise<string> {
  const program = `
    const fs = require('fs');
    const status = fs.readFileSync('/proc/1/status', 'utf8');
    const field = (key) => status.match(new RegExp(key + ':\\\\s+(\\\\S+)'))[1];
    let writable = 'yes';
    try { fs.writeFileSync('/app/x', ''); } catch (error) { writable = error.code; }
    console.log(JSON.stringify({
      init: fs.readFileSync('/proc/1/comm', 'utf8').trim(),
      uid: field('Uid'), capabilities: field('CapEff'), noNewPrivileges: field('NoNewPrivs'), writable,
    }));`;
  const text = await run('podman', [...PODMAN, 'exec', name, 'node', '-e', program]);
  const found = JSON.parse(text) as Record<string, string>;
  const wanted = {
    init: 'tini',
    uid: '1000',
    capabilities: '0000000000000000',
    noNewPrivileges: '1',
    writable: 'EROFS',
  };
  for (const [key, value] of Object.entries(wanted)) {
    if (found[key] !== value) throw new Error(`${key} is ${found[key]} instead of ${value}`);
  }
  return 'uid 1000, no capabilities, no new privileges, read-only root, tini is process 1';
}

/** @returns ms from SIGTERM to the end. @throws when the exit code is not 0. */
async function stop(name: string): Promise<number> {
  const started = performance.now();
  await run('podman', [...PODMAN, 'kill', '--signal', 'TERM', name]);
  const code = (await run('podman', [...PODMAN, 'wait', name])).trim();
  if (code === '0') return performance.now() - started;
  const { stdout, stderr } = await attempt('podman', [...PODMAN, 'logs', '--tail', '20', name]);
  throw new Error(`${name} ended with ${code}:\n${stdout}${stderr}`);
}

async function answers(url: string): Promise<void> {
  await waitFor(`200 from ${url}`, async () => (await fetch(url)).ok, START_MS);
}

async function distinctPorts(): Promise<[number, number, number]> {
  const ports = new Set<number>();
  while (ports.size < 3) {
    ports.add(await freePort());
    await delay(0);
  }
  return [...ports] as [number, number, number];
}
