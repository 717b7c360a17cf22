import { readFileSync, writeFileSync } from 'node:fs';

/**
 * Adds to package-lock.json the optional packages of other platforms that npm dropped because the
 * registry it asked does not carry them: `npm ci` refuses a lock file that lacks them, everywhere.
 * Their versions are exact in their dependents; a name says for which platform it is. Run it after
 * `npm install`; with `--check` it writes nothing and fails when some are missing.
 */
interface Entry {
  version?: string;
  dev?: boolean;
  optional?: boolean;
  os?: string[];
  cpu?: string[];
  libc?: string[];
  optionalDependencies?: Record<string, string>;
}

const FILE = 'package-lock.json';
const EXACT = /^\d+\.\d+\.\d+(-[\w.]+)?$/;
const SYSTEM = /[-/](android|darwin|freebsd|linux|openharmony|win32)-/;
const PROCESSOR = /-(arm64|arm|x64|ia32|ppc64|riscv64|s390x|loong64|wasm32)(?:-|$)/;
const LIBRARY = /-(?:gnu|musl)(?:\w*)$/;

const lock = JSON.parse(readFileSync(FILE, 'utf8')) as { packages: Record<string, Entry> };
const added: string[] = [];
for (const { dev, optionalDependencies = {} } of Object.values(lock.packages)) {
  for (const [name, version] of Object.entries(optionalDependencies)) {
    const path = `node_modules/${name}`;
    const present = Object.keys(lock.packages).some((key) => key.endsWith(path));
    const system = SYSTEM.exec(name)?.[1];
    const processor = PROCESSOR.exec(name)?.[1];
    const known = processor === 'wasm32' || system !== undefined;
    if (present || !known || processor === undefined || !EXACT.test(version)) continue;
    const library = LIBRARY.test(name) ? (name.includes('musl') ? 'musl' : 'glibc') : undefined;
    lock.packages[path] = {
      version,
      cpu: [processor],
      ...(dev === true && { dev }),
      ...(system === 'linux' && library !== undefined && { libc: [library] }),
      optional: true,
      ...(system !== undefined && { os: [system] }),
    };
    added.push(path);
  }
}
if (process.argv.includes('--check')) {
  if (added.length > 0) {
    process.stderr.write(`${FILE} lacks ${added.length} packages: run npm run lockfile\n`);
    process.exitCode = 1;
  }
} else if (added.length > 0) {
  lock.packages = Object.fromEntries(
    Object.entries(lock.packages).toSorted(([a], [b]) => a.localeCompare(b, 'en')),
  );
  writeFileSync(FILE, `${JSON.stringify(lock, null, 2)}\n`);
}
