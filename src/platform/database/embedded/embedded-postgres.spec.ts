import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Client } from 'pg';
import { acquireEmbeddedPostgres, type EmbeddedPostgres } from './embedded-postgres.js';
import { isPostgresOf } from './process-info.js';

const asRoot = process.getuid?.() === 0;
const itAsRoot = asRoot ? it : it.skip;

/** What a second process of ours does: attach, say which server it got, and leave when its input ends. */
const ACQUIRE = `
  import { registerHooks } from 'node:module';
  const ours = (name, { parentURL }) => name.startsWith('.') && parentURL?.endsWith('.ts');
  registerHooks({ resolve: (name, from, next) => next(ours(name, from) ? name.replace(/\\.js$/, '.ts') : name, from) });
  const { acquireEmbeddedPostgres } = await import(process.argv[1]);
  const { Client } = (await import('pg')).default;
  const db = await acquireEmbeddedPostgres({ dataDir: process.argv[2], database: 'users' });
  const client = new Client({ connectionString: db.url });
  await client.connect();
  const { rows } = await client.query('SELECT pg_postmaster_start_time()::text AS started, current_database() AS name');
  await client.end();
  console.log(JSON.stringify(rows[0]));
  process.stdin.resume().once('end', async () => { await db.release(); process.exit(); });
`;

describe('acquireEmbeddedPostgres', () => {
  let made: string;
  let project: string;
  let dataDir: string;
  let held: EmbeddedPostgres[];
  let children: ChildProcess[];

  const acquire = async (database = 'users') => {
    const db = await acquireEmbeddedPostgres({ dataDir, database });
    held.push(db);
    return db;
  };

  /** A project's folder; its data are below. */
  const createProject = () => {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), 'cnua-spec-')));
    chmodSync(folder, 0o755);
    return folder;
  };

  /** The project has been used before: a copy of a stopped cluster, owners included, takes a tenth of making one. */
  const withCluster = () => void execFileSync('cp', ['-a', join(made, '.data'), dataDir]);

  beforeAll(async () => {
    made = createProject();
    await (
      await acquireEmbeddedPostgres({ dataDir: join(made, '.data'), database: 'users' })
    ).release();
  });

  afterAll(() => rmSync(made, { recursive: true, force: true }));

  beforeEach(() => {
    project = createProject();
    dataDir = join(project, '.data');
    held = [];
    children = [];
  });

  afterEach(async () => {
    for (const child of children) child.kill('SIGKILL');
    for (const db of held) await db.release();
    for (const { dataDirectory } of held) {
      if (!dataDirectory.startsWith(project))
        rmSync(dirname(dataDirectory), { recursive: true, force: true });
    }
    rmSync(project, { recursive: true, force: true });
  });

  it('creates a cluster and the database on an empty folder', async () => {
    const db = await acquire();

    expect(db.dataDirectory).toBe(join(dataDir, 'postgres'));
    expect(db.note).toBeUndefined();
    const [row] = await query(
      db.url,
      `SELECT current_database() AS name, current_setting('fsync') AS fsync`,
    );
    expect(row).toEqual({ name: 'users', fsync: 'on' });
  });

  it('keeps its socket in a folder of its own account', async () => {
    withCluster();
    const db = await acquire();

    const host = new URL(db.url).searchParams.get('host') ?? '';
    expect(statSync(host).mode & 0o777).toBe(0o700);
    expect(statSync(host).uid).toBe(statSync(db.dataDirectory).uid);
  });

  it('shares a running server with a second process, even for another database', async () => {
    withCluster();
    const first = await acquire();
    const second = await acquire('other');

    expect(await startedAt(second.url)).toEqual(await startedAt(first.url));
    expect(await query(second.url, 'SELECT current_database() AS name')).toEqual([
      { name: 'other' },
    ]);
  });

  it('stops the server when the last process releases it, and keeps the data', async () => {
    withCluster();
    const first = await acquire();
    const second = await acquire();
    await query(first.url, 'CREATE TABLE kept (id int); INSERT INTO kept VALUES (1)');
    const pid = postmasterPid(first);

    await first.release();
    expect(isPostgresOf(pid, first.dataDirectory)).toBe(true);
    await second.release();
    expect(isPostgresOf(pid, first.dataDirectory)).toBe(false);

    const again = await acquire();
    expect(again.url).toBe(first.url);
    expect(await query(again.url, 'SELECT id FROM kept')).toEqual([{ id: 1 }]);
  });

  it('keeps the server running for a foreign session', async () => {
    withCluster();
    const db = await acquire();
    const psql = new Client({ connectionString: db.url });
    await psql.connect();

    await db.release();

    expect((await psql.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
    await psql.end();
    await acquire(); // and stop it in afterEach
  });

  it('restarts the server after kill -9 without losing committed data', async () => {
    withCluster();
    const db = await acquire();
    await query(db.url, 'CREATE TABLE kept (id int); INSERT INTO kept VALUES (1)');
    const killed = postmasterPid(db);
    process.kill(killed, 'SIGKILL');

    const again = await acquire();

    expect(postmasterPid(again)).not.toBe(killed);
    expect(await query(again.url, 'SELECT id FROM kept')).toEqual([{ id: 1 }]);
  });

  it.each([
    ['of a live process that is no PostgreSQL', () => process.pid],
    ['of a process that is gone', () => 4_194_305],
  ])('clears the pid file %s', async (_, pid) => {
    withCluster();
    const db = await acquire();
    await db.release();
    const pidFile = join(db.dataDirectory, 'postmaster.pid');
    writeFileSync(pidFile, `${pid()}\n${db.dataDirectory}\n0\n5432\n/tmp\n\n0 0\nready\n`);

    const again = await acquire();

    expect(await query(again.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('serves three processes that start at once on an empty folder with one server', async () => {
    const all = Array.from({ length: 3 }, () => {
      const child = spawn(process.execPath, [
        '--input-type=module',
        '-e',
        ACQUIRE,
        join(import.meta.dirname, 'embedded-postgres.ts'),
        dataDir,
      ]);
      children.push(child);
      return child;
    });
    const answers = await Promise.all(all.map((child) => firstLine(child)));

    expect(new Set(answers).size).toBe(1);
    expect(answers[0]).toContain('"name":"users"');

    const pid = postmasterPid({ dataDirectory: join(dataDir, 'postgres') });
    await Promise.all(all.map((child) => (child.stdin.end(), once(child, 'exit'))));
    expect(isPostgresOf(pid, join(dataDir, 'postgres'))).toBe(false);
  });

  it('explains how to migrate from a cluster of another major version', async () => {
    withCluster();
    const db = await acquire();
    await db.release();
    writeFileSync(join(db.dataDirectory, 'PG_VERSION'), '12\n');

    await expect(acquire()).rejects.toThrow(/PostgreSQL 12.*18.*DATABASE_URL/);
  });

  itAsRoot(
    'moves the cluster of a project below a 0700 home to a folder of the system, and says so',
    async () => {
      chmodSync(project, 0o700);

      const db = await acquire();

      expect(db.dataDirectory).toMatch(
        /^\/var\/(lib|tmp)\/cloudnative-user-api-[0-9a-f]{12}\/postgres$/,
      );
      expect(db.note).toContain(db.dataDirectory);
      expect(existsSync(join(dataDir, 'postgres'))).toBe(false);
      expect(await query(db.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    },
  );
});

function postmasterPid({ dataDirectory }: Pick<EmbeddedPostgres, 'dataDirectory'>): number {
  return Number.parseInt(readFileSync(join(dataDirectory, 'postmaster.pid'), 'utf8'), 10);
}

async function startedAt(url: string): Promise<unknown> {
  return (await query(url, 'SELECT pg_postmaster_start_time()::text AS started'))[0];
}

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

async function firstLine(child: ChildProcess): Promise<string> {
  let errors = '';
  child.stderr?.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  return new Promise((resolve, reject) => {
    child.stdout?.once('data', (chunk: Buffer) => resolve(chunk.toString().trim()));
    child.once('exit', (code) => reject(new Error(`exited with ${code}: ${errors}`)));
  });
}
