import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { attempt } from './command.js';
import { type Manifest, title } from './manifests.js';

const ROOT = join(import.meta.dirname, '..', '..');

/** Where the models of API groups that are not Kubernetes' own come from. */
const PACKAGES: Readonly<Record<string, string>> = {
  'monitoring.coreos.com': '@kubernetes-models/prometheus-operator',
  'gateway.networking.k8s.io': '@kubernetes-models/gateway-api',
  'external-secrets.io': '@kubernetes-models/external-secrets',
};

type Model = new (object: unknown) => { validate(): void };

/** Wrong types, missing fields, unknown values and quantities, by the models' JSON schemas. */
export async function validationFaults(manifests: readonly Manifest[]): Promise<string[]> {
  const faults = await Promise.all(
    manifests.map(async (manifest) => {
      const models = (await import(moduleOf(manifest))) as Readonly<Record<string, Model>>;
      const Kind = models[manifest.kind];
      if (!Kind) return [`${title(manifest)}: ${manifest.apiVersion} has no such kind`];
      try {
        new Kind(manifest).validate();
        return [];
      } catch (error) {
        return [`${title(manifest)}: ${error instanceof Error ? error.message : String(error)}`];
      }
    }),
  );
  return faults.flat();
}

/** Misspelt fields: the objects as literals of their types, through the TypeScript compiler. */
export async function spellingFaults(
  overlays: Readonly<Record<string, readonly Manifest[]>>,
): Promise<string[]> {
  const cache = join(ROOT, 'node_modules', '.cache');
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, 'manifests-'));
  try {
    for (const [name, manifests] of Object.entries(overlays)) {
      writeFileSync(join(folder, `${name}.ts`), manifests.map(literal).join('\n'));
    }
    const compilerOptions = {
      module: 'nodenext',
      moduleResolution: 'nodenext',
      target: 'es2023',
      types: [],
      strict: true,
      noEmit: true,
      skipLibCheck: true,
    };
    const project = join(folder, 'tsconfig.json');
    writeFileSync(project, JSON.stringify({ compilerOptions, include: ['*.ts'] }));
    const tsc = join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc');
    const { code, stdout } = await attempt(process.execPath, [tsc, '--project', project]);
    return code === 0 ? [] : stdout.trim().split('\n');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function literal(manifest: Manifest, index: number): string {
  const type = `I${manifest.kind}`;
  return [
    `import type { ${type} as T${index} } from '${moduleOf(manifest)}';`,
    `// ${title(manifest)}`,
    `export const object${index}: T${index} = ${JSON.stringify(manifest, null, 2)};`,
  ].join('\n');
}

function moduleOf({ apiVersion }: Manifest): string {
  const [group = ''] = apiVersion.split('/');
  return `${PACKAGES[group] ?? 'kubernetes-models'}/${apiVersion}`;
}
