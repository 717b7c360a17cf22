import { spawn } from 'node:child_process';

/** Every static check, in parallel; what fails is shown whole, what passes in a line. */
const checks: Record<string, string[]> = {
  'types and lint': ['oxlint', '--type-aware', '--type-check'],
  format: ['prettier', '--check', '--log-level', 'warn', '.'],
  levels: ['depcruise', 'src', '--output-type', 'err-long'],
  unused: ['knip', '--no-progress'],
  'generated files': [
    'node',
    '--import',
    './scripts/ts-hooks.mjs',
    'scripts/generate.ts',
    '--check',
  ],
  'paths in the pages': ['node', 'scripts/check-doc-paths.ts'],
  'lock file': ['node', 'scripts/complete-lockfile.ts', '--check'],
  // A hundred files at a time: its own time grows with the square of their number.
  secrets: [
    'sh',
    '-c',
    'git ls-files -z --cached --others --exclude-standard | xargs -0 -n 100 secretlint',
  ],
};

const results = await Promise.all(Object.entries(checks).map(run));
process.exitCode = results.every(Boolean) ? 0 : 1;

async function run([name, [command = '', ...args]]: [string, string[]]): Promise<boolean> {
  const started = performance.now();
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  }
  const ok = await new Promise<boolean>((resolve) => {
    child.on('error', (error) => {
      output += error.message;
      resolve(false);
    });
    child.on('close', (code) => resolve(code === 0));
  });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  process.stdout.write(
    `${ok ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)\n${ok ? '' : `${output}\n`}`,
  );
  return ok;
}
