import { execFileSync } from 'node:child_process';
import { readFileSync, statSync, type Stats } from 'node:fs';
import { basename, isAbsolute } from 'node:path';

const UNKNOWN = '?';

export interface ProcessInfo {
  /** Opaque mark of when it started: the same pid with another mark is another process. */
  startedAt: string;
  /** Name of its executable without the folder; Linux cuts it to 15 bytes. */
  command: string;
}

/**
 * Looks a process up, because `kill(pid, 0)` alone cannot tell a zombie, or a number used again by someone else,
 * from the process one means. Undefined when it is gone or a zombie; never throws.
 */
export function inspectProcess(pid: number): ProcessInfo | undefined {
  return process.platform === 'linux' ? inspectProc(pid) : inspectPs(pid);
}

/**
 * True when `pid` is a live server of exactly this data directory, not merely a live process: a pid file outlives its
 * server, and after a restart of the container or the machine its number may be anybody's, another PostgreSQL's too.
 * Where the system will not say, the answer is true: taking a live server for dead would put two on one cluster.
 */
export function isPostgresOf(pid: number, dataDirectory: string): boolean {
  const info = pid > 1 ? inspectProcess(pid) : undefined; // NaN too
  if (!info || (info.command !== 'postgres' && info.command !== UNKNOWN)) return false;
  if (process.platform !== 'linux') return true;
  // A postmaster works in its data directory. Inodes see through symlinks and bind mounts.
  const ours = statSync(dataDirectory, { throwIfNoEntry: false });
  if (!ours) return false;
  try {
    const theirs = statSync(`/proc/${pid}/cwd`);
    return theirs.dev === ours.dev && theirs.ino === ours.ino;
  } catch {
    // Root in a container lacks CAP_SYS_PTRACE and may not look there for another uid; the command line is public.
    return commandLineNames(pid, ours);
  }
}

function commandLineNames(pid: number, ours: Stats): boolean {
  try {
    const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
    const named = words[words.indexOf('-D') + 1] ?? '';
    if (!words.includes('-D') || !isAbsolute(named)) return true;
    const theirs = statSync(named, { throwIfNoEntry: false });
    return theirs?.dev === ours.dev && theirs.ino === ours.ino;
  } catch {
    return inspectProcess(pid) !== undefined;
  }
}

/** /proc/<pid>/stat, see proc(5): `pid (comm) state ppid ... starttime(22nd)`; comm may itself hold blanks and brackets. */
function inspectProc(pid: number): ProcessInfo | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const end = stat.lastIndexOf(')');
    const fields = stat.slice(end + 2).split(' ');
    const [state, startedAt] = [fields[0] ?? 'X', fields[19] ?? ''];
    if ('ZXx'.includes(state)) return undefined;
    return { startedAt, command: stat.slice(stat.indexOf('(') + 1, end) };
  } catch {
    // hidepid= hides other accounts' processes, which is not the same as gone
    return isPidTaken(pid) ? { startedAt: UNKNOWN, command: UNKNOWN } : undefined;
  }
}

function inspectPs(pid: number): ProcessInfo | undefined {
  try {
    const output = execFileSync('ps', ['-o', 'stat=,lstart=,comm=', '-p', String(pid)], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      env: { PATH: '/bin:/usr/bin', LC_ALL: 'C' },
    });
    const [, state, startedAt, command] =
      /^\s*(\S+)\s+((?:\S+\s+){4}\S+)\s+(.+?)\s*$/.exec(output) ?? [];
    if (!state || !startedAt || !command || state.startsWith('Z')) return undefined;
    return { startedAt: startedAt.replace(/\W+/g, '-'), command: basename(command) };
  } catch {
    return undefined;
  }
}

/** Whether the number is in use at all, by a zombie too. */
export function isPidTaken(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
