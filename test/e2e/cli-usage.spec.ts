import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';

import { cleanEnvironment, CLI, cli, nodeCommand } from '../support/cli.js';
import { freePort } from '../support/free-port.js';
import { runCommand } from '../support/warm-process.js';

/** Within this time a command reports that the database is away, in milliseconds: docs/runbook.md promises it. */
const REPORTED_MS = 10_000;

describe('the command line without a database', () => {
  const run = (args: string[]) => runCommand(args, {});

  it('shows the configuration with secrets masked', async () => {
    const { stdout } = await cli(['config', '--json'], {
      DATABASE_URL: 'postgres://u:cnry@host/db',
      API_KEY: 'cnry',
      JWT_SECRET: 'cnry',
      SERVICE_NAME: 'mine',
    });
    expect(stdout).not.toContain('cnry');
    expect(JSON.parse(stdout)).toEqual(
      expect.arrayContaining([
        { name: 'SERVICE_NAME', value: 'mine', source: 'environment' },
        { name: 'API_KEY', value: '***', source: 'environment' },
        { name: 'PORT', value: '8080', source: 'default' },
        { name: 'REDIS_URL', value: null, source: 'unset' },
      ]) as unknown,
    );
  });

  it('describes the API without any configuration', async () => {
    const { code, stdout, stderr } = await cli(['openapi', '-'], { PORT: 'bad' });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({ openapi: '3.1.0' });
  });

  it('ends silently when its reader closes the pipe', async () => {
    const child = spawn(...nodeCommand(CLI, 'openapi', '-'), { env: cleanEnvironment({}) });
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.stdout.destroy();
    const [code] = (await once(child, 'close')) as [number | null];
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
  });

  it('exits 2 with a message on stderr after wrong usage', async () => {
    const wrong = [
      ['no-such-command'],
      ['migrate', '--status', '--down'],
      ['cleanup', '--days', 'ten'],
      ['jobs'],
      ['data-key'],
      ['api-keys'],
      ['api-keys', 'revoke', 'x'],
      ['jobs', 'list', '--state', 'lost'],
      ['createsuperuser', '--email', 'a@example.com'],
      ['export-metrics'],
      ['cleanup', '--days', '\u{FFFD}'],
    ];
    for (const args of wrong) {
      const { code, stdout, stderr } = await run(args);
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(stderr).not.toMatch(/^$|\n\s+at /);
    }
  });

  it('prints hints with commands that work', async () => {
    const { stderr } = await run(['jobs', 'list', '--nope']);
    const [, hint = ''] = /\(see: node dist\/cli (.*)\)\n$/.exec(stderr) ?? [];
    const { code, stdout } = await run(hint.split(' '));
    expect(code).toBe(0);
    expect(stdout).toContain('Usage: cli jobs list [options]');
  });

  it('prints help on standard output with exit code 0', async () => {
    expect(await run(['--help'])).toMatchObject({ code: 0, stderr: '' });
  });

  it('reports in one line within 10 s that the database refuses or does not answer', async () => {
    const silent = createServer((socket) => socket.on('error', () => undefined).resume());
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const ports = [await freePort(), (silent.address() as AddressInfo).port];
    const started = performance.now();
    const ended = await Promise.all(
      ports.map((port) =>
        cli(['cleanup'], { DATABASE_URL: `postgres://u:cnry@127.0.0.1:${port}/x` }),
      ),
    );
    silent.close();
    expect(performance.now() - started).toBeLessThan(REPORTED_MS);
    for (const { code, stdout, stderr } of ended) {
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
      expect(stderr).toMatch(/^The database cannot be reached: [^\n]*\n$/);
      expect(stderr).not.toContain('cnry');
    }
  });
});
