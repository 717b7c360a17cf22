import {
  chmodSync,
  cpSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { freePort } from '../../test/support/free-port.js';
import { waitFor } from '../../test/support/wait-for.js';
import { attempt, run } from './command.js';
import { local, PODMAN } from './containers.js';
import { buildImage } from './image.js';

const IMAGE = 'localhost/cloudnative-user-api:verify-development';
const TITLE = 'Cloud-native user API';

/** The development stage, with sources mounted as people do, serves what is changed while it runs. */
export async function runDevelopment(): Promise<string> {
  await buildImage('development', IMAGE);
  const folder = mkdtempSync(join(tmpdir(), 'verify-deploy-'));
  const name = `verify-development-${process.pid}`;
  try {
    // The container's user has to get through.
    chmodSync(folder, 0o755);
    const mounts = ['src', 'migrations', 'mails'].flatMap((part) => {
      cpSync(part, join(folder, part), { recursive: true });
      return ['--volume', `${join(folder, part)}:/app/${part}:ro`];
    });
    const port = await freePort();
    await run('podman', [
      ...PODMAN,
      'run',
      '-d',
      '--name',
      name,
      ...local({ HOST: '127.0.0.1', PORT: String(port) }),
      ...mounts,
      IMAGE,
    ]);
    const page = join(folder, 'src/platform/http/openapi/docs-page.ts');
    const shows = (title: string) =>
      waitFor(
        `${title} on the page`,
        async () => (await (await fetch(`http://127.0.0.1:${port}/docs`)).text()).includes(title),
        60_000,
      );
    await shows(TITLE);
    // Twice by a rename: the second time the file is not the one that was there at the start.
    const times: number[] = [];
    for (const [before, after] of [
      [TITLE, 'Changed once'],
      ['Changed once', 'Changed twice'],
    ] as const) {
      const text = readFileSync(page, 'utf8');
      if (!text.includes(before)) throw new Error(`${page} has no ${before}`);
      writeFileSync(join(folder, 'edited'), text.replace(before, after));
      const changed = performance.now();
      renameSync(join(folder, 'edited'), page);
      await shows(after);
      times.push(Math.round(performance.now() - changed));
    }
    await run('podman', [...PODMAN, 'kill', '--signal', 'TERM', name]);
    const code = (await run('podman', [...PODMAN, 'wait', name])).trim();
    if (code !== '0') throw new Error(`it ended with ${code}`);
    return `serves changed sources after ${times.join(' and ')} ms, stopped by SIGTERM with 0`;
  } catch (error) {
    const { stdout, stderr } = await attempt('podman', [...PODMAN, 'logs', '--tail', '20', name]);
    throw new Error(`${String(error)}\n${stdout}${stderr}`, { cause: error });
  } finally {
    await attempt('podman', [...PODMAN, 'rm', '-f', '-t', '1', '-i', name]);
    rmSync(folder, { recursive: true, force: true });
  }
}
