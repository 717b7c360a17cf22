import { cp, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { cli } from '../support/cli.js';
import { figure } from '../support/figure.js';
import { asService } from '../support/caller.js';
import { ready } from '../support/ready.js';
import { type Service, startService } from '../support/service.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import { waitFor } from '../support/wait-for.js';

const ROOT = join(import.meta.dirname, '..', '..');
const MIGRATION = '1999999999999-add-nickname';
const CLIENTS = 4;
/** Answers that each phase of the upgrade has to see. */
const ANSWERS = 100;

describe('an upgrade by one expand-contract migration', () => {
  let database: TestDatabase;
  let next: string;
  const running = new Set<Service>();
  const load = { on: true };
  let clients: Promise<void>[] = [];
  let answered = 0;
  const errors: string[] = [];

  beforeAll(async () => {
    database = await createTestDatabase();
    next = await nextRelease();
  });

  afterAll(async () => {
    load.on = false;
    await Promise.allSettled(clients);
    await Promise.all([...running].map((service) => service.stop()));
    await rm(next, { recursive: true, force: true });
    await database.drop();
  });

  it('lets versions N and N+1 serve one database at the same time, and goes back, without an error', async () => {
    const dist = join(next, 'dist');
    const env = { DATABASE_URL: database.url };
    const old = await enter(startService({ ...env, APP_VERSION: 'N' }));
    clients = Array.from({ length: CLIENTS }, (_, number) => client(number));
    await moreAnswers();

    // N+1 before its migration: it runs, and takes no traffic.
    const early = await startService({ ...env, APP_VERSION: 'N+1' }, { dist });
    const answer = await waitFor('the pending migration', async () => {
      const found = await early.get<{ details: object }>('/ready');
      return JSON.stringify(found.body).includes(MIGRATION) && found;
    });
    expect(answer.status).toBe(503);

    expect(await cli(['migrate'], env, { dist })).toMatchObject({ code: 0 });
    running.add(await ready(early));
    await moreAnswers();
    expect((await old.get('/ready')).status).toBe(200);

    await leave(old);
    await moreAnswers();

    // Back: N on the schema of N+1, then without it.
    await enter(startService({ ...env, APP_VERSION: 'N' }));
    await leave(early);
    const down = await cli(['migrate', '--down', '--json'], env, { dist });
    expect(down).toMatchObject({ code: 0 });
    expect(down.stdout).toContain(MIGRATION);
    await moreAnswers();
    load.on = false;
    await Promise.all(clients);

    expect(errors).toEqual([]);
    const columns = await database.query(
      `SELECT 1 FROM information_schema.columns WHERE table_name = 'users' AND column_name = 'nickname'`,
    );
    expect(columns).toEqual([]);
    figure(
      `upgrade to N+1 and back under ${CLIENTS} clients: ${answered} answers of both, no error`,
    );
  }, 180_000);

  /** The build as the next release will be: one migration more. */
  async function nextRelease(): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), 'next-release-'));
    for (const part of ['dist', 'migrations', 'package.json'])
      await cp(join(ROOT, part), join(folder, part), { recursive: true });
    await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
    const file = join(folder, 'migrations', MIGRATION);
    await writeFile(`${file}.up.sql`, 'ALTER TABLE users ADD COLUMN nickname text;\n');
    await writeFile(`${file}.down.sql`, 'ALTER TABLE users DROP COLUMN nickname;\n');
    return folder;
  }

  async function enter(starting: Promise<Service>): Promise<Service> {
    const service = await ready(await starting);
    running.add(service);
    return service;
  }

  /** As a rolling update does it: out of the rotation, then told to end. */
  async function leave(service: Service): Promise<void> {
    running.delete(service);
    const before = answered;
    await waitFor('requests on their way', () => answered >= before + 2 * CLIENTS);
    expect(await service.stop()).toBe(0);
  }

  /** Creates, reads, changes and deletes users on whichever process is next. */
  async function client(number: number): Promise<void> {
    for (let count = 0; load.on; count += 1) {
      const email = `upgrade-${number}-${count}@example.com`;
      const created = await send(count, 'POST', '/users', { email, name: 'Ada' });
      const path = `/users/${String(created?.body['id'])}`;
      await send(count + 1, 'GET', path);
      await send(count, 'PATCH', path, { name: 'Grace' });
      await send(count + 1, 'DELETE', path);
    }
  }

  async function send(count: number, method: string, path: string, body?: unknown) {
    const services = [...running];
    const service = services[count % services.length];
    try {
      const answer = await service?.request(path, { method, body, headers: asService });
      answered += 1;
      if (!answer || answer.status >= 300)
        errors.push(`${method} ${path} ${answer?.status} ${answer?.text}`);
      return answer;
    } catch (error) {
      errors.push(`${method} ${path} ${String(error)}`);
      return undefined;
    }
  }

  async function moreAnswers(): Promise<void> {
    const before = answered;
    await waitFor('load on every process', () => answered >= before + ANSWERS, 30_000);
  }
});
