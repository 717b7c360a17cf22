// `npm run start:dev`: builds and serves, and again at each change. It looks at the files themselves:
// `node --watch-path` loses a file that was replaced by a rename, as many editors, sed and git do it,
// and is told nothing through the mounts of some container engines.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { globSync, statSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

import './build-if-stale.ts';

const POLL_MS = 500;

const end = new AbortController();
const stopping = () => end.signal.aborted;
let code = snapshot('src');
let schema = snapshot('migrations');
let running = process.exitCode === undefined ? serve() : undefined;

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    // Once: a terminal and npm both pass Ctrl+C on, and a second signal ends the service at once.
    if (!stopping()) running?.kill(signal);
    end.abort();
  });
}

while (!stopping()) {
  await delay(POLL_MS);
  const codeNow = snapshot('src');
  const schemaNow = snapshot('migrations');
  if (stopping() || (codeNow === code && schemaNow === schema)) continue;
  say('changed, starting again');
  // What is built serves on until its successor is.
  const built = codeNow === code || build();
  code = codeNow;
  schema = schemaNow;
  if (stopping() || !built) continue;
  await stop(running);
  if (!stopping()) running = serve();
}
process.exitCode = await stop(running);

/** Changes with every file that is written, added, renamed or removed. */
function snapshot(folder: string): string {
  return globSync(`${folder}/**/*`)
    .map((file) => {
      const stats = statSync(file, { throwIfNoEntry: false });
      return stats?.isFile() ? `${file} ${stats.ino} ${stats.mtimeMs} ${stats.size}` : '';
    })
    .toSorted()
    .join('\n');
}

function build(): boolean {
  const { status, stdout, stderr } = spawnSync('npm', ['run', '--silent', 'build'], {
    encoding: 'utf8',
  });
  if (status !== 0) say(`not built, waiting for the next change:\n${stdout}${stderr}`);
  return status === 0;
}

function serve(): ChildProcess {
  // A process group of its own, so that it hears Ctrl+C from us alone.
  const child = spawn(process.execPath, ['dist/main.js'], { stdio: 'inherit', detached: true });
  child.on('exit', (status, signal) => {
    if (child === running && !stopping() && !child.killed)
      say(`ended with ${status ?? signal}, waiting for the next change`);
  });
  return child;
}

/** @returns the exit code; 1 when a signal ended it, 0 when nothing ran. */
async function stop(child: ChildProcess | undefined): Promise<number> {
  if (child === undefined) return 0;
  if (child.exitCode === null && child.signalCode === null) {
    const ended = new Promise((resolve) => child.once('exit', resolve));
    if (!child.killed) child.kill('SIGTERM');
    await ended;
  }
  return child.exitCode ?? 1;
}

function say(text: string): void {
  process.stderr.write(`start:dev: ${text}\n`);
}
