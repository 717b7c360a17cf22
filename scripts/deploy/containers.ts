import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

import { CACHE } from './cache.js';

/** Storage of our own, so that nothing of this machine's images is used, changed or left behind. */
export const STORAGE = [
  '--root',
  join(CACHE, 'containers'),
  '--runroot',
  join('/run', 'cloudnative-user-api'),
  '--storage-driver',
  'overlay',
];
mkdirSync(join(CACHE, 'containers'), { recursive: true });

/** No systemd and no Docker are needed. */
export const PODMAN = [...STORAGE, '--cgroup-manager', 'cgroupfs', '--runtime', 'runc'];

/** As few as a container in a container may ask for. */
const LIMITS = ['--ulimit', 'nofile=4096:4096', '--ulimit', 'nproc=4096:4096'];

/** A container on this machine's network, with an environment. */
export function local(environment: Readonly<Record<string, string>>): string[] {
  return [
    '--network',
    'host',
    ...LIMITS,
    // Health checks run when they are asked for; without systemd nobody else asks.
    '--health-interval=disable',
    ...Object.entries(environment).flatMap(([name, value]) => ['--env', `${name}=${value}`]),
  ];
}

/** What the Deployment demands of a container, in podman's words. */
export const HARDENED = [
  '--read-only',
  '--tmpfs',
  '/tmp:rw,noexec,nosuid,size=64m',
  '--cap-drop',
  'all',
  '--security-opt',
  'no-new-privileges',
];
