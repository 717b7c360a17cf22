import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder that holds package.json, migrations and node_modules, whether run from src or dist. */
export const packageRoot = folderOfManifest(import.meta.dirname);

const manifest: unknown = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8'));

export const packageVersion = (manifest as { version: string }).version;

function folderOfManifest(folder: string): string {
  return existsSync(join(folder, 'package.json')) ? folder : folderOfManifest(dirname(folder));
}
