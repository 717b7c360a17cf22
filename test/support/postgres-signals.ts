import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { findPostmaster } from '../../src/platform/database/embedded/postmaster.js';

/**
 * Sends a signal to the server of `dataDirectory`, if it runs. SIGSTOP and SIGCONT go to its children as well: a
 * suspended postmaster alone would still leave every open session answering.
 */
export function signalServer(
  dataDirectory: string,
  signal: 'SIGCONT' | 'SIGKILL' | 'SIGQUIT' | 'SIGSTOP',
): void {
  const pid = findPostmaster(dataDirectory)?.pid;
  if (!pid) return;
  const toAll = signal === 'SIGSTOP' || signal === 'SIGCONT';
  // The postmaster first: stopped, it forks no more.
  send(pid, signal);
  if (toAll) for (const child of childrenOf(pid)) send(child, signal);
}

/** Waits without the event loop, for 'exit' handlers, until the server is gone or `waitMs` milliseconds have passed. */
export function awaitExit(dataDirectory: string, waitMs: number): void {
  const never = new Int32Array(new SharedArrayBuffer(4));
  for (
    const deadline = performance.now() + waitMs;
    findPostmaster(dataDirectory) && performance.now() < deadline;
  ) {
    Atomics.wait(never, 0, 0, 5);
  }
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

function childrenOf(pid: number): number[] {
  const list =
    process.platform === 'linux'
      ? readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
      : execFileSync('pgrep', ['-P', String(pid)], { encoding: 'utf8' });
  return list.split(/\s+/).filter(Boolean).map(Number);
}
