import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

import { build } from 'vite';

/**
 * Builds the console into `dist/console`, with a compressed copy of each file beside it, and fails when
 * what a browser needs before it shows anything has become too large.
 */
const OUTPUT = 'dist/console';
/** Bytes, compressed: under half a second on a slow mobile connection of 4 Mbit/s. */
const FIRST_LOAD_LIMIT = 150_000;

// Native: otherwise Vite writes beside its packages, which a container's user must not.
await build({
  configFile: 'console/vite.config.ts',
  configLoader: 'native',
  logLevel: 'warn',
});

const page = readFileSync(`${OUTPUT}/index.html`, 'utf8');
let firstLoad = 0;
for (const file of globSync(`${OUTPUT}/**/*.{html,js,css,svg}`)) {
  const compressed = gzipSync(readFileSync(file), { level: 9 });
  writeFileSync(`${file}.gz`, compressed);
  // The page names what it loads at once; vite adds what the entry imports.
  const name = file.slice(OUTPUT.length + 1);
  if (name === 'index.html' || page.includes(name)) firstLoad += compressed.length;
}
const size = `console: ${(firstLoad / 1000).toFixed(1)} kB of ${FIRST_LOAD_LIMIT / 1000} kB at first load`;
process.stdout.write(`${size}\n`);
if (firstLoad > FIRST_LOAD_LIMIT) {
  process.stderr.write(`${size}: load parts of it later\n`);
  process.exitCode = 1;
}
