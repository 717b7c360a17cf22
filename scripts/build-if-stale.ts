import { spawnSync } from 'node:child_process';
import { globSync, statSync } from 'node:fs';

// Builds when a source is newer than the build, so that `npm start` and `npm test` just work.

/** The bundle, and what it is made of, as the one of tests is: a build writes both. */
const BUILT = ['dist/main.js', 'build/main.js'];
const sources = [
  ...globSync('src/**/*.ts'),
  ...globSync('pages/*'),
  ...globSync(['client/*.ts', 'console/*.{ts,json,html}', 'console/src/**/*.*']),
  'package.json',
  '.swcrc',
  'nest-cli.json',
  'scripts/bundle.ts',
  'scripts/page-assets.ts',
  'scripts/build-console.ts',
  'scripts/unbundled-packages.ts',
];

function modified(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

const built = Math.min(...BUILT.map(modified));
if (built === 0 || sources.some((source) => modified(source) > built)) {
  const { status, stdout, stderr } = spawnSync('npm', ['run', '--silent', 'build'], {
    encoding: 'utf8',
  });
  if (status !== 0) {
    process.stderr.write(`${stdout}${stderr}`);
    process.exitCode = 1;
  }
}
