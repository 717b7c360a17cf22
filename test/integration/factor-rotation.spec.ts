import { randomBytes, randomUUID } from 'node:crypto';

import type { INestApplicationContext } from '@nestjs/common';
import type { PinoLogger } from 'nestjs-pino';
import { generate } from 'otplib';

import { FactorChecks } from '../../src/features/factors/factor-checks.js';
import { FactorChecksModule } from '../../src/features/factors/factors.module.js';
import { factorSecret, FactorsRepository } from '../../src/features/factors/factors.repository.js';
import { Challenges } from '../../src/features/factors/passkeys/challenges.js';
import { PasskeyChecks } from '../../src/features/factors/passkeys/passkey-checks.js';
import { AuditLog } from '../../src/platform/audit/audit-log.js';
import { DataCipher } from '../../src/platform/data-key/data-cipher.js';
import { StoredSecrets } from '../../src/platform/data-key/stored-secrets.js';
import { Database } from '../../src/platform/database/database.js';
import { JobsModule } from '../../src/platform/jobs/jobs.module.js';
import { MailQueue } from '../../src/platform/mail/mail-queue.js';
import { EmailModule } from '../../src/platform/mail/mail.module.js';
import { WorkersModule } from '../../src/platform/workers/workers.module.js';
import { createContext } from '../support/app-context.js';
import { describeOnPostgres } from '../support/installed.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import { insertUsers } from '../support/users.js';

const FACTORS = 10_000;
const CALLERS = 4;
/** Busy machines are ten times slower. */
const PATIENT_MS = 120_000;

const [OLD, NEW] = [randomBytes(32), randomBytes(32)];
const cipherWith = (...keys: Buffer<ArrayBuffer>[]) => new DataCipher({ keys }, {} as PinoLogger);

describeOnPostgres('a rotation of the data key', () => {
  let database: TestDatabase;
  let app: INestApplicationContext;

  beforeAll(async () => {
    database = await createTestDatabase();
    app = await createContext(database, {
      imports: [
        WorkersModule,
        EmailModule,
        JobsModule.forRoot({ consume: false }),
        FactorChecksModule,
      ],
    });
  });

  afterAll(async () => {
    await app?.close();
    await database?.drop();
  });

  /** A user with an authenticator app each. */
  async function plant(): Promise<{ user: string; secret: Buffer }[]> {
    const cipher = cipherWith(OLD);
    const users = await insertUsers(
      database,
      Array.from({ length: FACTORS }, () => ({})),
    );
    const apps = users.map((user) => ({ user, id: randomUUID(), secret: randomBytes(20) }));
    await database.query(
      `INSERT INTO public.factors (id, user_id, type, secret, confirmed_at)
       SELECT id, user_id, 'totp', secret, now()
         FROM unnest($1::uuid[], $2::uuid[], $3::bytea[]) AS app (id, user_id, secret)`,
      [
        apps.map(({ id }) => id),
        users,
        apps.map(({ id, secret }) => cipher.encrypt(factorSecret, id, secret)),
      ],
    );
    return apps;
  }

  it(
    'loses no secret of 10,000 apps, and no code is refused meanwhile',
    async () => {
      const apps = await plant();
      const checksWith = (cipher: DataCipher) =>
        new FactorChecks(
          app.get(Database),
          app.get(FactorsRepository),
          cipher,
          app.get(AuditLog),
          app.get(MailQueue),
          app.get(Challenges),
          app.get(PasskeyChecks),
        );
      // The replicas of a rotation: those that were restarted, and those that were not yet.
      const replicas = [cipherWith(OLD, NEW), cipherWith(NEW, OLD)].map(checksWith);
      const rotation = new AbortController();
      const accepted: boolean[] = [];
      /** Each app proves something once. */
      const prove = async (caller: number) => {
        for (let index = caller; index < FACTORS && !rotation.signal.aborted; index += CALLERS) {
          const { user = '', secret = '' } = apps[index] ?? {};
          const checks = replicas[index % 3 === 0 ? 0 : 1];
          const code = await generate({ secret });
          accepted.push(typeof (await checks?.check(user, { code })) === 'object');
        }
      };
      const secrets = new StoredSecrets(app.get(Database), cipherWith(NEW, OLD), [factorSecret]);
      const [result] = await Promise.all([
        secrets.rotate().finally(() => rotation.abort()),
        ...Array.from({ length: CALLERS }, (_, caller) => prove(caller)),
      ]);
      expect(result).toEqual({ rotated: FACTORS, unreadable: [] });
      expect(accepted.length).toBeGreaterThan(100);
      expect(accepted.filter((each) => !each)).toEqual([]);

      const only = cipherWith(NEW);
      const rows = await database.query<{ user_id: string; id: string; secret: Buffer }>(
        'SELECT user_id, id, secret FROM public.factors',
      );
      const found = rows.map(({ user_id, id, secret }) => [
        user_id,
        only.open(factorSecret, id, secret)?.plaintext.toString('hex'),
      ]);
      expect(new Map(found as [string, string][])).toEqual(
        new Map(apps.map(({ user, secret }) => [user, secret.toString('hex')])),
      );
    },
    PATIENT_MS,
  );
});
