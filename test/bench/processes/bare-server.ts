/**
 * The runtime's limit: Fastify and pg on the same table, and nothing else. No caller is checked,
 * no input, nothing is logged, counted or traced. With a password it hashes as we do, in as many
 * threads as libuv has, which is what everybody gets who does not count CPUs.
 */
import Fastify from 'fastify';
import { Pool } from 'pg';
import { Piscina } from 'piscina';
import { v7 as uuidv7 } from 'uuid';

const { DATABASE_URL, HOST, PORT } = process.env;
const THREADS = 4;
/** Connections that our service has by default. */
const CONNECTIONS = 30;

const COLUMNS =
  'id, email, name, status, role, tier, source, email_verified, created_at, updated_at';

interface Credentials {
  readonly email: string;
  readonly name: string;
  readonly password?: string;
}

const pool = new Pool({ connectionString: DATABASE_URL, max: CONNECTIONS });
const threads = new Piscina({
  filename: new URL('../../../dist/chunks/password.task.js', import.meta.url).href,
  minThreads: 0,
  maxThreads: THREADS,
  idleTimeout: 30_000,
});
const app = Fastify();

app.get('/ready', () => ({ status: 'ready' }));

app.get<{ Params: { id: string } }>('/users/:id', async ({ params }, reply) => {
  const { rows } = await pool.query({
    name: 'user-by-id',
    text: `SELECT ${COLUMNS} FROM users WHERE id = $1 AND deleted_at IS NULL`,
    values: [params.id],
  });
  return rows[0] ?? reply.code(404).send({});
});

app.post<{ Body: Credentials }>('/users', async ({ body }, reply) => {
  const hash = body.password && (await threads.run(body.password, { name: 'hash' }));
  const { rows } = await pool.query({
    name: 'insert-user',
    text: `INSERT INTO users (id, email, name, password_hash) VALUES ($1, $2, $3, $4) RETURNING ${COLUMNS}`,
    values: [uuidv7(), body.email, body.name, hash ?? null],
  });
  return reply.code(201).send(rows[0]);
});

app.post<{ Body: Required<Credentials> }>('/auth/login', async ({ body }, reply) => {
  const { rows } = await pool.query<{ id: string; password_hash: string }>({
    name: 'user-by-email',
    text: 'SELECT id, password_hash FROM users WHERE lower(email) = lower($1) AND deleted_at IS NULL',
    values: [body.email],
  });
  const [user] = rows;
  const task = { hash: user?.password_hash ?? '', password: body.password };
  if (!(await threads.run(task, { name: 'verify' }))) return reply.code(401).send({});
  return { id: user?.id };
});

process.once('SIGTERM', () => process.exit(0));
await app.listen({ host: HOST, port: Number(PORT) });
