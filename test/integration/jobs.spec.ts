import { type INestApplicationContext, Injectable } from '@nestjs/common';
import { context, createContextKey, propagation } from '@opentelemetry/api';
import { z } from 'zod';

import { Overloaded } from '../../src/platform/problems/problem.js';
import { schemaSteps } from '../../src/bootstrap/schema-steps.js';
import { Database } from '../../src/platform/database/database.js';
import { Migrator } from '../../src/platform/database/migrations/migrator.js';
import { JobAdmin } from '../../src/platform/jobs/queue/job-admin.js';
import { defineJob, type RetryPolicy } from '../../src/platform/declarations/job-definition.js';
import {
  JobHandler,
  type JobInfo,
} from '../../src/platform/jobs/consumer/job-handler.decorator.js';
import { JobQueue } from '../../src/platform/jobs/queue/job-queue.js';
import { jobSchema } from '../../src/platform/jobs/queue/job-schema.js';
import { PermanentJobError, PostponedJobError } from '../../src/platform/jobs/queue/job.errors.js';
import { JobsModule } from '../../src/platform/jobs/jobs.module.js';
import { startContext } from '../../src/platform/common/request/start-context.js';
import { createContext } from '../support/app-context.js';
import { describeOnPostgres } from '../support/installed.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import { waitFor } from '../support/wait-for.js';

const failures = ['always', 'once', 'forever', 'postponed', 'refused', 'hangs', 'garbled'] as const;
type Payload = { topic: string; fail?: (typeof failures)[number] | undefined };

const chore = defineJob({
  queue: 'chore',
  payload: z.strictObject({ topic: z.string(), fail: z.enum(failures).optional() }),
});
const ORIGIN = createContextKey('origin');
const runs: (JobInfo & Payload & { origin: unknown; at: number })[] = [];
/** Ends the jobs that hang. */
let release: () => void = () => undefined;
const released = new Promise<void>((resolve) => (release = resolve));

/** Does chores as their payload says. */
@Injectable()
class Chores {
  @JobHandler(chore)
  async run(payload: Payload, job: JobInfo): Promise<void> {
    runs.push({ ...payload, ...job, origin: context.active().getValue(ORIGIN), at: Date.now() });
    if (payload.fail === 'forever') throw new PermanentJobError('never');
    if (payload.fail === 'garbled') throw new PermanentJobError('a\0b\ud800c');
    if (payload.fail === 'hangs') await released;
    const first = runs.filter(({ id }) => id === job.id).length === 1;
    if (payload.fail === 'postponed' && first) throw new PostponedJobError('not yet', 60_000);
    if (payload.fail === 'refused' && first) throw new Overloaded();
    if (payload.fail === 'always' || (payload.fail === 'once' && job.attempt === 1))
      throw new Error('not now');
  }
}

describeOnPostgres('jobs', () => {
  let testDatabase: TestDatabase;
  let app: INestApplicationContext;
  let database: Database;
  const retry = { retryLimit: 1, retryDelaySeconds: 1, retryDelayMaxSeconds: 60 };
  /** For tests that look at a job while it waits. They end the wait themselves. */
  const patient = { ...retry, retryDelaySeconds: 60 };

  beforeAll(async () => {
    startContext();
    propagation.setGlobalPropagator({
      inject: (from, carrier: Record<string, string>) => {
        const origin = from.getValue(ORIGIN);
        if (typeof origin === 'string') carrier['origin'] = origin;
      },
      extract: (to, carrier: Record<string, string>) => to.setValue(ORIGIN, carrier['origin']),
      fields: () => ['origin'],
    });
    testDatabase = await createTestDatabase();
    await new Migrator(testDatabase.url, [...schemaSteps, jobSchema([chore])]).up();
    app = await createContext(testDatabase, {
      imports: [JobsModule.forRoot({ consume: true })],
      providers: [Chores],
    });
    database = app.get(Database);
  });

  afterAll(async () => {
    await app?.close();
    await testDatabase?.drop();
    propagation.disable();
    context.disable();
  });

  const send = async (payload: Payload, policy: RetryPolicy = retry): Promise<string> => {
    const job = app.get(JobQueue).insertion(chore, payload, policy);
    await database.commit(job);
    return job.row.id;
  };

  const stored = async (id: string) =>
    (await app.get(JobAdmin).list({ queue: 'chore' }, 1000)).find((job) => job.id === id);

  const inState = (id: string, state: string) =>
    waitFor(`job to be ${state}`, async () => {
      const job = await stored(id);
      return job?.state === state && job;
    });

  const endWait = (id: string) =>
    testDatabase.query('UPDATE pgboss.job SET start_after = now() WHERE id = $1', [id]);

  const runsOf = (id: string) => runs.filter((run) => run.id === id);

  it('runs a job soon after its transaction has committed', async () => {
    const id = await send({ topic: 'plain' });
    expect(await inState(id, 'completed')).toMatchObject({ attempts: 1, error: null });
    expect(runsOf(id)).toMatchObject([{ topic: 'plain', attempt: 1, last: false }]);
  });

  it('drops a job whose transaction is rolled back', async () => {
    let id = '';
    const work = database.transaction(async () => {
      id = await send({ topic: 'undone' });
      throw new Error('rolled back');
    });
    await expect(work).rejects.toThrow('rolled back');
    const next = await send({ topic: 'after' });
    await inState(next, 'completed');
    expect(await stored(id)).toBeUndefined();
    expect(runsOf(id)).toEqual([]);
  });

  it('retries a failed job later with the same id', async () => {
    const id = await send({ topic: 'twice', fail: 'once' }, patient);
    const waiting = await inState(id, 'retry');
    expect(waiting.due_at.getTime() - Number(runsOf(id)[0]?.at)).toBeGreaterThan(20_000);
    await endWait(id);
    expect(await inState(id, 'completed')).toMatchObject({ attempts: 2 });
    const [first, second] = runsOf(id);
    expect([first?.attempt, second?.attempt]).toEqual([1, 2]);
  });

  it('keeps a job as a dead letter after its last attempt, with a reason without secrets', async () => {
    const id = await send({ topic: 'hopeless', fail: 'always' });
    expect(await inState(id, 'failed')).toMatchObject({ attempts: 2, error: 'Error: not now' });
    expect(runsOf(id).map(({ last }) => last)).toEqual([false, true]);
  });

  it('stores a reason that contains characters the database rejects', async () => {
    const id = await send({ topic: 'garbled', fail: 'garbled' });
    expect((await inState(id, 'failed')).error).toBe('PermanentJobError: ab\ufffdc');
  });

  it('fails a job that was stored without data, and processes the next one', async () => {
    const id = await send({ topic: 'empty' }, { ...retry, startAfterSeconds: 1000 });
    await testDatabase.query(
      `UPDATE pgboss.job SET data = NULL, retry_limit = 0, start_after = now() WHERE id = $1`,
      [id],
    );
    expect((await inState(id, 'failed')).error).toMatch(/^ZodError/);
  });

  it('gives up at once on a permanent error', async () => {
    const id = await send({ topic: 'permanent', fail: 'forever' });
    await inState(id, 'failed');
    expect(runsOf(id)).toHaveLength(1);
  });

  it.each([
    ['asks for another time', 'postponed', 60_000],
    ['met a dependency that was not to be asked', 'refused', 5000],
  ] as const)('puts a job that %s back without using up a retry', async (_why, fail, delayMs) => {
    const id = await send({ topic: fail, fail }, { ...retry, retryLimit: 0 });
    const waiting = await waitFor('the job to be put back', async () => {
      const job = await stored(id);
      return Number(job?.due_at.getTime()) >= Number(runsOf(id)[0]?.at) + delayMs && job;
    });
    expect(waiting).toMatchObject({ state: 'created', attempts: 0 });
    await endWait(id);
    expect(await inState(id, 'completed')).toMatchObject({ attempts: 1 });
    expect(runsOf(id).map(({ attempt, last }) => [attempt, last])).toEqual([
      [1, true],
      [1, true],
    ]);
  });

  it('reuses the slot of a finished job at once, however long other jobs take', async () => {
    const slow = await Promise.all(
      Array.from({ length: 3 }, () => send({ topic: 'slow', fail: 'hangs' })),
    );
    await waitFor('the slow ones to begin', () => slow.every((id) => runsOf(id).length === 1));
    const quick = await Promise.all(Array.from({ length: 40 }, () => send({ topic: 'quick' })));
    // Stored as completed, too: a crash now would repeat none of them.
    for (const id of quick) await inState(id, 'completed');
    for (const id of slow) expect((await stored(id))?.state).toBe('active');
    release();
    for (const id of slow) expect(await inState(id, 'completed')).toMatchObject({ attempts: 1 });
  });

  it('retries a dead letter on demand', async () => {
    const id = await send({ topic: 'revived', fail: 'once' }, { ...retry, retryLimit: 0 });
    await inState(id, 'failed');
    expect(await app.get(JobAdmin).retry({ id })).toBe(1);
    expect(await inState(id, 'completed')).toMatchObject({ attempts: 2 });
  });

  it('refuses to send an invalid payload', async () => {
    const payload = { topic: 5 } as unknown as Payload;
    await expect(send(payload)).rejects.toBeInstanceOf(z.ZodError);
  });

  it('never passes an invalid stored payload to the handler', async () => {
    const id = await send({ topic: 'spoilt', fail: 'once' }, patient);
    await inState(id, 'retry');
    await testDatabase.query(
      `UPDATE pgboss.job SET data = jsonb_set(data, '{payload}', '{"topic": 5}') WHERE id = $1`,
      [id],
    );
    await endWait(id);
    expect((await inState(id, 'failed')).error).toMatch(/^ZodError/);
    expect(runsOf(id)).toHaveLength(1);
  });

  it('runs each attempt in the context the job was sent in', async () => {
    const id = await context.with(context.active().setValue(ORIGIN, 'request-7'), () =>
      send({ topic: 'traced', fail: 'once' }),
    );
    await inState(id, 'completed');
    expect(runsOf(id).map(({ origin }) => origin)).toEqual(['request-7', 'request-7']);
  });

  it('doubles the wait after each attempt, up to the limit', async () => {
    const id = await send({ topic: 'patient', fail: 'always' }, { ...retry, retryLimit: 9 });
    await inState(id, 'retry');
    const [row] = await testDatabase.query(
      'SELECT retry_delay, retry_backoff, retry_delay_max, retry_limit FROM pgboss.job WHERE id = $1',
      [id],
    );
    expect(row).toEqual({
      retry_delay: 1,
      retry_backoff: true,
      retry_delay_max: 60,
      retry_limit: 9,
    });
    await testDatabase.query(`UPDATE pgboss.job SET retry_count = 7 WHERE id = $1`, [id]);
    await waitFor('the attempt after', () => runsOf(id).length > 1);
    const { due_at } = await waitFor('the next wait', async () => {
      const job = await stored(id);
      return job?.state === 'retry' && job.attempts > 8 && job;
    });
    expect(due_at.getTime() - Number(runsOf(id).at(-1)?.at)).toBeGreaterThan(20_000);
    expect(due_at.getTime() - Date.now()).toBeLessThan(61_000);
  });
});
