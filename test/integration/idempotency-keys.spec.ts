import type { INestApplicationContext } from '@nestjs/common';
import { getLoggerToken } from 'nestjs-pino';

import { DependencyUnavailable } from '../../src/platform/problems/problem.js';
import { Database } from '../../src/platform/database/database.js';
import { UnitOfWork } from '../../src/platform/database/transactions/unit-of-work.js';
import type { Attempt } from '../../src/platform/idempotency/attempt.js';
import {
  IdempotencyInFlight,
  IdempotencyMismatch,
} from '../../src/platform/idempotency/idempotency.errors.js';
import { IdempotencyModule } from '../../src/platform/idempotency/idempotency.module.js';
import { IdempotencyKeys, type Turn } from '../../src/platform/idempotency/idempotency-keys.js';
import { KeySettlement } from '../../src/platform/idempotency/key-settlement.js';
import { createContext } from '../support/app-context.js';
import { describeOnPostgres } from '../support/installed.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

describeOnPostgres('IdempotencyKeys', () => {
  let testDatabase: TestDatabase;
  let app: INestApplicationContext;
  let database: Database;
  let keys: IdempotencyKeys;
  let settlement: KeySettlement;
  let next = 0;

  beforeAll(async () => {
    testDatabase = await createTestDatabase();
    app = await createContext(testDatabase, { imports: [IdempotencyModule] });
    database = app.get(Database);
    settlement = app.get(KeySettlement);
    keys = app.get(IdempotencyKeys);
  });

  afterAll(async () => {
    await app?.close();
    await testDatabase?.drop();
  });

  const body = (byte: number) => [Buffer.alloc(32, byte)] as const;
  const request = (byte = 1) => ({ scope: 'test', key: `key-${next}`, fingerprints: body(byte) });
  const answer = { status: 201, headers: { etag: '"1"' }, body: '{"id":"1"}' };

  beforeEach(() => (next += 1));

  function held(turn: Turn): Attempt {
    if ('answer' in turn) throw new Error('the key was answered already');
    return turn.attempt;
  }

  const age = (interval: string, column: 'locked_until' | 'created_at') =>
    testDatabase.query(
      `UPDATE idempotency_keys SET ${column} = now() - $2::interval WHERE key = $1`,
      [`key-${next}`, interval],
    );

  it('answers the same request with the stored answer, and a different one with a mismatch', async () => {
    const attempt = held(await keys.begin(request()));
    await settlement.settle(attempt, answer);
    expect(await keys.begin(request())).toEqual({ answer });
    await expect(keys.begin(request(2))).rejects.toBeInstanceOf(IdempotencyMismatch);
    const rotated = {
      ...request(),
      fingerprints: [Buffer.alloc(32, 9), Buffer.alloc(32, 1)] as const,
    };
    expect(await keys.begin(rotated)).toEqual({ answer });
  });

  it('lets one of many concurrent requests begin while the others wait for its answer', async () => {
    const turns = Array.from({ length: 20 }, () => keys.begin(request()));
    const first = await Promise.race(turns);
    await settlement.settle(held(first), answer);
    const all = await Promise.all(turns);
    expect(all.filter((turn) => 'attempt' in turn)).toHaveLength(1);
    expect(all.filter((turn) => 'answer' in turn && turn.answer.body === answer.body)).toHaveLength(
      19,
    );
  });

  it('refuses with 409 when the holder takes longer than the waiting limit', async () => {
    held(await keys.begin(request()));
    await expect(keys.begin(request(2))).rejects.toBeInstanceOf(IdempotencyMismatch);
    await expect(keys.begin(request())).rejects.toBeInstanceOf(IdempotencyInFlight);
  });

  it('gives a released key to the next caller', async () => {
    await settlement.settle(held(await keys.begin(request())));
    expect(await keys.begin(request(2))).toHaveProperty('attempt');
  });

  describe('when the database is lost', () => {
    /** A database that loses so many transactions, before their commit or after it. */
    function unreliable(losses: number, when: 'before' | 'after'): Database {
      let left = losses;
      const transaction: Database['transaction'] = async (work) => {
        const lost = left > 0;
        left -= 1;
        if (lost && when === 'before') throw new DependencyUnavailable();
        const result = await database.transaction(work);
        if (lost) throw new DependencyUnavailable();
        return result;
      };
      return Object.create(database, { transaction: { value: transaction } }) as Database;
    }
    let lastSettlement: KeySettlement | undefined;
    const settling = (away: Database) =>
      (lastSettlement = new KeySettlement(away, app.get(getLoggerToken('idempotency'))));

    // Otherwise it would try for ever to reach a database that is gone.
    afterEach(() => lastSettlement?.onApplicationShutdown());

    it('releases a key once the database is back', async () => {
      const attempt = held(await keys.begin(request()));
      await settling(unreliable(2, 'before')).settle(attempt);
      expect(held(await keys.begin(request())).holder).not.toBe(attempt.holder);
    });

    it('stores an answer once the database is back', async () => {
      await settling(unreliable(2, 'before')).settle(held(await keys.begin(request())), answer);
      expect(await keys.begin(request())).toEqual({ answer });
    });

    it('does not touch a key that another caller has claimed meanwhile', async () => {
      const slow = held(await keys.begin(request()));
      await age('1 second', 'locked_until');
      const taken = held(await keys.begin(request()));
      const stale = settling(unreliable(1, 'before'));
      await stale.settle(slow, { ...answer, body: '"stale"' });
      await stale.settle(slow);
      await settlement.settle(taken, answer);
      expect(await keys.begin(request())).toEqual({ answer });
    });

    it('releases a key whose claim may have been committed', async () => {
      const unlucky = new IdempotencyKeys(unreliable(1, 'after'), settlement);
      await expect(unlucky.begin(request())).rejects.toBeInstanceOf(DependencyUnavailable);
      expect(await unlucky.begin(request())).toHaveProperty('attempt');
    });
  });

  it('frees the key of a dead holder after one minute, for one caller only', async () => {
    const dead = held(await keys.begin(request()));
    await age('1 second', 'locked_until');
    const turns = [keys.begin(request()), keys.begin(request())];
    const taken = held(await Promise.race(turns));
    expect(taken.holder).not.toBe(dead.holder);
    // If it was only slow, it must neither complete nor release the key of another holder.
    await settlement.settle(dead, { ...answer, body: '"stale"' });
    await settlement.settle(dead);
    await settlement.settle(taken, answer);
    expect((await Promise.all(turns)).filter((turn) => 'answer' in turn)).toEqual([{ answer }]);
  });

  it('counts a key as new after 24 hours', async () => {
    await settlement.settle(held(await keys.begin(request())), answer);
    await age('24 hours 1 second', 'created_at');
    expect(await keys.begin(request(2))).toHaveProperty('attempt');
  });

  it('commits both the answer and the work, or neither', async () => {
    const attempt = held(await keys.begin(request()));
    const work = async (end: 'commit' | 'fail') => {
      const unit = new UnitOfWork();
      await unit.run(() => database.transaction(async () => undefined, { withAnswer: true }));
      await unit.finish(async (manager) => {
        const done = { status: 201, headers: {}, body: JSON.stringify({ id: end }) };
        await settlement.settleWith(manager, attempt, done);
        if (end === 'fail') throw new Error('the work failed');
      });
    };
    await expect(work('fail')).rejects.toThrow('the work failed');
    const status = () =>
      testDatabase.query('SELECT status FROM idempotency_keys WHERE key = $1', [`key-${next}`]);
    expect(await status()).toEqual([{ status: null }]);
    await work('commit');
    expect(await keys.begin(request())).toEqual({
      answer: { status: 201, headers: {}, body: '{"id":"commit"}' },
    });
    // An unknown outcome of the commit is reported as a failure: the answer must stay.
    await settlement.settle(attempt);
    expect(await status()).toEqual([{ status: 201 }]);
  });

  it('rolls back the work of a holder that lost its key', async () => {
    const slow = held(await keys.begin(request()));
    await age('1 second', 'locked_until');
    held(await keys.begin(request()));
    const unit = new UnitOfWork();
    await unit.run(() =>
      database.transaction(
        (manager) =>
          manager.query(
            `INSERT INTO users (id, email, name) VALUES (gen_random_uuid(), 'slow@example.com', 'Slow')`,
          ),
        { withAnswer: true },
      ),
    );
    const end = unit.finish((manager) => settlement.settleWith(manager, slow, answer));
    await expect(end).rejects.toBeInstanceOf(IdempotencyInFlight);
    expect(await testDatabase.query('SELECT 1 FROM users')).toEqual([]);
  });
});
