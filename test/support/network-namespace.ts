import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';

/** A network of its own for processes that are to lose theirs, with one cable to this machine. */
export interface NetworkNamespace {
  /** This machine, seen from inside. */
  readonly hostAddress: string;
  /** The inside, seen from this machine. */
  readonly address: string;
  /** Put before a command, it runs inside. */
  readonly command: readonly string[];
  /** Drops all packets to and from a port of this machine silently. */
  blackHole(port: number): void;
  /** Lets all packets pass again. */
  heal(): void;
  remove(): void;
}

/** Creates one. It takes root, and the programs `ip` and `iptables`. */
export function createNetworkNamespace(): NetworkNamespace {
  // The kernel removes a cable some time after its namespace: names and addresses are never used twice.
  const [third = 0, quarter = 0, ...rest] = randomBytes(5);
  const name = `cnua-${Buffer.from(rest).toString('hex')}`;
  // 198.18.0.0/15 is set aside for tests of networks (RFC 2544).
  const [hostAddress, address] = [1, 2].map(
    (host) => `198.18.${third}.${(quarter % 64) * 4 + host}`,
  ) as [string, string];
  const [outside, inside] = [`${name}o`, `${name}i`];
  run('ip', 'netns', 'add', name);
  try {
    run('ip', 'link', 'add', outside, 'type', 'veth', 'peer', 'name', inside, 'netns', name);
    run('ip', 'addr', 'add', `${hostAddress}/30`, 'dev', outside);
    run('ip', 'link', 'set', outside, 'up');
    run('ip', '-n', name, 'addr', 'add', `${address}/30`, 'dev', inside);
    run('ip', '-n', name, 'link', 'set', inside, 'up');
    run('ip', '-n', name, 'link', 'set', 'lo', 'up');
  } catch (error) {
    run('ip', 'netns', 'del', name);
    throw error;
  }
  const tables = (...rule: string[]) => run('ip', 'netns', 'exec', name, 'iptables', '-w', ...rule);
  return {
    hostAddress,
    address,
    command: ['ip', 'netns', 'exec', name],
    blackHole(port) {
      tables('-A', 'OUTPUT', '-p', 'tcp', '-d', hostAddress, '--dport', `${port}`, '-j', 'DROP');
      tables('-A', 'INPUT', '-p', 'tcp', '-s', hostAddress, '--sport', `${port}`, '-j', 'DROP');
    },
    heal: () => tables('-F'),
    remove: () => run('ip', 'netns', 'del', name),
  };
}

function run(program: string, ...args: string[]): void {
  execFileSync(program, args, { stdio: ['ignore', 'ignore', 'pipe'] });
}
