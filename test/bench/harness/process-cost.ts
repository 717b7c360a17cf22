import { readdirSync, readFileSync } from 'node:fs';

/** USER_HZ of every Linux that Node runs on. */
const TICKS_PER_SECOND = 100;
const KIB_PER_MIB = 1024;

/** User and system time of a process and all its threads, in seconds: fields 14 and 15 of proc(5) stat. */
export function cpuSeconds(pid: number): number {
  const fields = statOf(pid);
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}

/**
 * CPU time of a PostgreSQL server, in seconds: the postmaster, its living children, and those that
 * ended and were waited for (fields 16 and 17).
 */
export function postgresCpuSeconds(postmaster: number): number {
  const own = statOf(postmaster);
  const ended = (Number(own[13]) + Number(own[14])) / TICKS_PER_SECOND;
  const living = childrenOf(postmaster).map(cpuIfAlive);
  return cpuSeconds(postmaster) + ended + living.reduce((sum, seconds) => sum + seconds, 0);
}

/** Memory of a process in MiB: resident, and proportional (shared pages divided among their users). */
export function memoryMib(pid: number): { readonly rss: number; readonly pss: number } {
  const text = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
  const field = (name: string) =>
    Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(text)?.[1]) / KIB_PER_MIB;
  return { rss: field('Rss'), pss: field('Pss') };
}

/** Fields of proc(5) stat from the third on; the second may hold spaces. */
function statOf(pid: number): string[] {
  return readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ');
}

function childrenOf(parent: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        return Number(statOf(pid)[1]) === parent;
      } catch {
        // Ended between the listing and the look at it.
        return false;
      }
    });
}

function cpuIfAlive(pid: number): number {
  try {
    return cpuSeconds(pid);
  } catch {
    return 0;
  }
}
