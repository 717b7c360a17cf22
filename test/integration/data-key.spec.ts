import { randomBytes, randomUUID } from 'node:crypto';

import type { INestApplicationContext } from '@nestjs/common';
import type { PinoLogger } from 'nestjs-pino';

import { DataCipher } from '../../src/platform/data-key/data-cipher.js';
import { StoredSecrets } from '../../src/platform/data-key/stored-secrets.js';
import { Database } from '../../src/platform/database/database.js';
import { createContext } from '../support/app-context.js';
import { describeOnPostgres } from '../support/installed.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

const ROWS = 10_000;
const WRITERS = 4;

const column = { table: 'public.planted', column: 'secret' };
const [OLD, NEW] = [randomBytes(32), randomBytes(32)];
const cipherWith = (...keys: Buffer<ArrayBuffer>[]) => new DataCipher({ keys }, {} as PinoLogger);

describeOnPostgres('stored secrets', () => {
  let test: TestDatabase;
  let app: INestApplicationContext;
  let database: Database;

  beforeAll(async () => {
    test = await createTestDatabase();
    app = await createContext(test);
    database = app.get(Database);
    await test.query('CREATE TABLE public.planted (id uuid PRIMARY KEY, secret bytea)');
  });

  beforeEach(() => test.query('TRUNCATE public.planted'));

  afterAll(async () => {
    await app?.close();
    await test?.drop();
  });

  const secretsWith = (cipher: DataCipher) => new StoredSecrets(database, cipher, [column]);

  async function plant(cipher: DataCipher, count: number): Promise<string[]> {
    const ids = Array.from({ length: count }, () => randomUUID());
    await test.query('INSERT INTO public.planted SELECT * FROM unnest($1::uuid[], $2::bytea[])', [
      ids,
      ids.map((id) => cipher.encrypt(column, id, Buffer.from(id))),
    ]);
    return ids;
  }

  const read = async (id: string): Promise<Buffer> => {
    const [row] = await database.readPrepared<{ secret: Buffer }>(
      'SELECT secret FROM public.planted WHERE id = $1',
      [id],
    );
    return row?.secret ?? Buffer.of();
  };

  it('are rotated while others write: none is lost, and none unreadable at any moment', async () => {
    // The replicas of a rotation: those that were restarted, and those that were not yet.
    const replicas = [cipherWith(OLD, NEW), cipherWith(NEW, OLD)];
    const ids = await plant(cipherWith(OLD), ROWS);
    const expected = new Map(ids.map((id) => [id, id]));
    const rotating = new AbortController();
    let written = 0;
    /** Changes its own rows, and reads all. */
    const write = async (writer: number) => {
      const cipher = replicas[writer % replicas.length] as DataCipher;
      const own = ids.filter((_id, index) => index % WRITERS === writer);
      for (let turn = 0; !rotating.signal.aborted; turn = (turn + 37) % own.length) {
        const id = own[turn] as string;
        const value = randomUUID();
        await database.write({
          text: 'UPDATE public.planted SET secret = $2 WHERE id = $1',
          values: [id, cipher.encrypt(column, id, Buffer.from(value))],
        });
        expected.set(id, value);
        written += 1;
        const other = ids[(turn * 7919) % ids.length] as string;
        expect(cipher.open(column, other, await read(other))).toBeDefined();
      }
    };
    const writers = Promise.all(Array.from({ length: WRITERS }, (_, writer) => write(writer)));
    const secrets = secretsWith(cipherWith(NEW, OLD));
    const rotation = secrets.rotate().finally(() => rotating.abort());
    const [first] = await Promise.all([rotation, writers]);
    expect(first.rotated).toBeGreaterThan(ROWS / 2);
    expect(written).toBeGreaterThan(100);

    // All replicas have the new key first by now.
    expect((await secrets.rotate()).unreadable).toEqual([]);
    expect(await secrets.usage()).toEqual({ secrets: [ROWS, 0], unreadable: [] });
    const onlyNew = cipherWith(NEW);
    const rows = await test.query<{ id: string; secret: Buffer }>('SELECT * FROM public.planted');
    const found = rows.map(({ id, secret }) => [
      id,
      onlyNew.open(column, id, secret)?.plaintext.toString(),
    ]);
    expect(new Map(found as [string, string][])).toEqual(expected);
  });

  it('are never overwritten by a rotation that read them before a change', async () => {
    const [id = ''] = await plant(cipherWith(OLD), 1);
    const cipher = cipherWith(NEW, OLD);
    let changes = 0;
    /** Changes the row between the read and the write of each of the first three passes. */
    const racing = Object.assign(Object.create(database) as Database, {
      write: async (statement: Parameters<Database['write']>[0]) => {
        if (changes < 3) {
          changes += 1;
          const secret = cipherWith(OLD).encrypt(column, id, Buffer.from(`change ${changes}`));
          await test.query('UPDATE public.planted SET secret = $1', [secret]);
        }
        return database.write(statement);
      },
    });
    const secrets = new StoredSecrets(racing, cipher, [column]);
    expect(await secrets.rotate()).toEqual({ rotated: 1, unreadable: [] });
    expect(cipher.open(column, id, await read(id))).toEqual({
      plaintext: Buffer.from('change 3'),
      position: 0,
    });
  });

  it('continue where an interrupted rotation stopped', async () => {
    await plant(cipherWith(OLD), 250);
    let batches = 0;
    const dying = Object.assign(Object.create(database) as Database, {
      write: (statement: Parameters<Database['write']>[0]) => {
        if (batches === 1) throw new Error('interrupted');
        batches += 1;
        return database.write(statement);
      },
    });
    const cipher = cipherWith(NEW, OLD);
    await expect(new StoredSecrets(dying, cipher, [column]).rotate()).rejects.toThrow(
      'interrupted',
    );
    expect((await secretsWith(cipher).usage()).secrets).toEqual([100, 150]);
    expect(await secretsWith(cipher).rotate()).toEqual({ rotated: 150, unreadable: [] });
  });

  it('that no key opens are named and stay as they are; rows without a secret do not count', async () => {
    await plant(cipherWith(OLD), 3);
    const [lost = ''] = await plant(cipherWith(randomBytes(32)), 1);
    await test.query('INSERT INTO public.planted VALUES ($1)', [randomUUID()]);
    const before = await read(lost);
    const secrets = secretsWith(cipherWith(NEW, OLD));
    const unreadable = [{ ...column, id: lost }];
    expect(await secrets.usage()).toEqual({ secrets: [0, 3], unreadable });
    expect(await secrets.rotate()).toEqual({ rotated: 3, unreadable });
    expect(await secrets.usage()).toEqual({ secrets: [3, 0], unreadable });
    expect(await read(lost)).toEqual(before);
  });
});
