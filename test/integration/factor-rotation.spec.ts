import { randomBytes, randomUUID } from 'node:crypto';
import { EventEmitter, once } from 'node:events';

import type { INestApplicationContext } from '@nestjs/common';
import type { PinoLogger } from 'nestjs-pino';
import { generate } from 'otplib';

import { factorSecret } from '../../src/features/factors/factors.repository.js';
import { DataCipher } from '../../src/platform/data-key/data-cipher.js';
import { StoredSecrets } from '../../src/platform/data-key/stored-secrets.js';
import { Database } from '../../src/platform/database/database.js';
import { createUser } from '../support/accounts.js';
import { createContext } from '../support/app-context.js';
import { loginFactor, loginToken } from '../support/factors.js';
import { describeOnPostgres } from '../support/installed.js';
import { type Api, testApi } from '../support/test-api.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import { insertUsers, uniqueEmail } from '../support/users.js';

const FACTORS = 10_000;
const CALLERS = 4;
/** Batches of a rotation: each waits for a sign-in. */
const BATCHES = 100;

const [OLD, NEW] = [randomBytes(32), randomBytes(32)];
const cipherWith = (...keys: Buffer<ArrayBuffer>[]) => new DataCipher({ keys }, {} as PinoLogger);
const settingOf = (...keys: Buffer[]) => keys.map((key) => key.toString('base64')).join(',');

interface Owner {
  readonly email: string;
  readonly appId: string;
  readonly secret: Buffer;
}

describeOnPostgres('a rotation of the data key', () => {
  let database: TestDatabase;
  let app: INestApplicationContext;
  /** Those that were restarted with the new key first, and those that were not yet. */
  let replicas: Api[];

  beforeAll(async () => {
    database = await createTestDatabase();
    app = await createContext(database);
    const description = testApi().on(database).withoutJobs();
    replicas = await Promise.all(
      [settingOf(OLD, NEW), settingOf(NEW, OLD)].map((DATA_KEY) =>
        description.with({ DATA_KEY }).start(),
      ),
    );
  });

  afterAll(async () => {
    await Promise.all((replicas ?? []).map((replica) => replica.stop()));
    await app?.close();
    await database?.drop();
  });

  /** Users with a password and an authenticator app each. */
  async function plant(): Promise<Owner[]> {
    const cipher = cipherWith(OLD);
    const { id: first } = await createUser(replicas[0] as Api);
    const emails = Array.from({ length: FACTORS }, uniqueEmail);
    const users = await insertUsers(
      database,
      emails.map((email) => ({ email })),
    );
    await database.query(
      `UPDATE users SET password_hash = (SELECT password_hash FROM users WHERE id = $1) WHERE id = ANY($2)`,
      [first, users],
    );
    const owners = emails.map((email) => ({ email, appId: randomUUID(), secret: randomBytes(20) }));
    await database.query(
      `INSERT INTO public.factors (id, user_id, type, secret, confirmed_at)
       SELECT id, user_id, 'totp', secret, now()
         FROM unnest($1::uuid[], $2::uuid[], $3::bytea[]) AS app (id, user_id, secret)`,
      [
        owners.map(({ appId }) => appId),
        users,
        owners.map(({ appId, secret }) => cipher.encrypt(factorSecret, appId, secret)),
      ],
    );
    return owners;
  }

  /** Password, then code, on whichever replica is next. @returns the status of the answer. */
  async function signIn({ email, secret }: Owner, index: number): Promise<number> {
    const replica = replicas[index % replicas.length] as Api;
    const token = await loginToken(replica, email);
    return (await loginFactor(replica, token, { code: await generate({ secret }) })).status;
  }

  it('loses no secret of 10,000 apps, and no sign-in is refused meanwhile', async () => {
    const owners = await plant();
    const signIns = new EventEmitter();
    const rotation = new AbortController();
    const statuses: number[] = [];
    /** Each owner signs in once. */
    const signInAll = async (caller: number) => {
      for (let index = caller; !rotation.signal.aborted; index += CALLERS) {
        statuses.push(await signIn(owners[index] as Owner, Math.floor(index / CALLERS)));
        signIns.emit('ended');
      }
    };
    const own = app.get(Database);
    const paced: Pick<Database, 'readPrepared' | 'write'> = {
      readPrepared: async (text, values) => {
        await once(signIns, 'ended');
        return own.readPrepared(text, values);
      },
      write: (statement) => own.write(statement),
    };
    const secrets = new StoredSecrets(paced as Database, cipherWith(NEW, OLD), [factorSecret]);
    const [result] = await Promise.all([
      secrets.rotate().finally(() => rotation.abort()),
      ...Array.from({ length: CALLERS }, (_, caller) => signInAll(caller)),
    ]);
    expect(result).toEqual({ rotated: FACTORS, unreadable: [] });
    expect(statuses.length).toBeGreaterThanOrEqual(BATCHES);
    expect(statuses.filter((status) => status !== 200)).toEqual([]);

    const only = cipherWith(NEW);
    const rows = await database.query<{ id: string; secret: Buffer }>(
      'SELECT id, secret FROM public.factors',
    );
    const found = rows.map(({ id, secret }) => [
      id,
      only.open(factorSecret, id, secret)?.plaintext.toString('hex'),
    ]);
    expect(new Map(found as [string, string][])).toEqual(
      new Map(owners.map(({ appId, secret }) => [appId, secret.toString('hex')])),
    );
  });
});
