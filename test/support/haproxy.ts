import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { freePort } from './free-port.js';
import { waitFor } from './wait-for.js';

/** A real HAProxy before replicas of ours, which asks each for its readiness every 200 ms. */
export interface Haproxy {
  readonly url: string;
  /** How many replicas it sends requests to now. */
  serversUp(): Promise<number>;
  stop(): Promise<void>;
}

/** @param ports of the replicas, on 127.0.0.1. */
export async function startHaproxy(ports: readonly number[]): Promise<Haproxy> {
  const folder = mkdtempSync(join(tmpdir(), 'cnua-haproxy-'));
  const [port, statsPort] = [await freePort(), await freePort()];
  const file = join(folder, 'haproxy.cfg');
  writeFileSync(
    file,
    `defaults
  mode http
  timeout connect 2s
  timeout client 30s
  timeout server 30s
  timeout check 3s
  retries 3
  option redispatch
listen api
  bind 127.0.0.1:${port}
  option httpchk GET /ready
  default-server check inter 200ms fall 2 rise 1
${ports.map((server) => `  server replica-${server} 127.0.0.1:${server}`).join('\n')}
listen stats
  bind 127.0.0.1:${statsPort}
  stats enable
  stats uri /
`,
  );
  const child = spawn('haproxy', ['-f', file], { stdio: 'ignore' });
  const serversUp = async () => {
    const table = await (await fetch(`http://127.0.0.1:${statsPort}/;csv`)).text();
    return table.split('\n').filter((line) => /^api,replica-.*,UP,/.test(line)).length;
  };
  await waitFor('HAProxy to run', async () => (await serversUp()) >= 0);
  return {
    url: `http://127.0.0.1:${port}`,
    serversUp,
    stop: async () => {
      child.kill('SIGKILL');
      await once(child, 'exit');
      rmSync(folder, { recursive: true });
    },
  };
}
