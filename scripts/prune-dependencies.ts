// Leaves in node_modules, before it becomes a layer, what the bundle loads from there. Of the packages
// that are in the bundle only what they say of themselves stays: licences, and package.json for whoever
// lists the parts of the image. `npm run verify:deploy` runs API, worker and CLI on what is left.
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

import { unbundled } from './unbundled-packages.ts';

interface Package {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>;
}

/** Type declarations, sources beside their build, source maps, pages for people. */
const UNUSED =
  /\.(d\.[cm]?ts|[cm]?ts|map|md|markdown|tsbuildinfo|flow)$|^\.(eslint|prettier|package-lock)/i;
const LICENCE = /licen[cs]e|copying|notice/i;
/** The folder of a package that a file belongs to, and the rest of its path. */
const PLACE = /^(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\/(.+)$/;

const needed = new Set<string>();
for (const name of unbundled) need(name, resolve('.'));

for (const entry of readdirSync('node_modules', { recursive: true, withFileTypes: true })) {
  const file = resolve(entry.parentPath, entry.name);
  if (!entry.isDirectory() && !stays(file, entry.name)) rmSync(file);
}

/** Marks a package and what it loads, where Node would find it from `folder`. */
function need(name: string, folder: string): void {
  const place = join(folder, 'node_modules', name);
  if (!existsSync(place)) {
    // Not there at all: for another platform, or for development.
    if (folder !== dirname(folder)) need(name, dirname(folder));
    return;
  }
  if (needed.has(place)) return;
  needed.add(place);
  const of = JSON.parse(readFileSync(join(place, 'package.json'), 'utf8')) as Package;
  const peers = Object.keys(of.peerDependencies ?? {}).filter(
    (peer) => of.peerDependenciesMeta?.[peer]?.optional !== true,
  );
  for (const other of [
    ...Object.keys({ ...of.dependencies, ...of.optionalDependencies }),
    ...peers,
  ]) {
    need(other, place);
  }
}

function stays(file: string, name: string): boolean {
  const [, place = '', rest = ''] = PLACE.exec(file) ?? [];
  if (LICENCE.test(name) || rest === 'package.json') return true;
  return needed.has(place) && !UNUSED.test(name);
}
