import { Readable } from 'node:stream';
import { text as readText } from 'node:stream/consumers';

import type { INestApplicationContext } from '@nestjs/common';

import { BulkModule } from '../../src/features/bulk/bulk.module.js';
import type { BulkFormat } from '../../src/features/bulk/format/bulk-format.js';
import { UserExport } from '../../src/features/bulk/user-export.js';
import { UserImport } from '../../src/features/bulk/user-import.js';
import { WorkersModule } from '../../src/platform/workers/workers.module.js';
import { createContext } from '../support/app-context.js';
import { describeOnPostgres } from '../support/installed.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

const BCRYPT = `$2b$10$${'a'.repeat(21)}e${'a'.repeat(31)}`;
const CSV = [
  'email,name,password_hash,role,tier,status,source,email_verified,created_at',
  `a@example.com,"Ada, L",${BCRYPT},superuser,pro,suspended,web,true,2020-01-02T03:04:05Z`,
  'b@example.com,Bob,,,,,,,',
];

describeOnPostgres('UserImport and UserExport', () => {
  let database: TestDatabase;
  let app: INestApplicationContext;

  beforeAll(async () => {
    database = await createTestDatabase();
    app = await createContext(database, { imports: [WorkersModule, BulkModule] });
  });

  beforeEach(() => database.query('DELETE FROM users'));

  afterAll(async () => {
    await app?.close();
    await database?.drop();
  });

  /** Imports a text. @returns the summary, and a line for each rejected record. */
  async function importing(text: string, format: BulkFormat, { dryRun = false } = {}) {
    const faults: string[] = [];
    const summary = await app.get(UserImport).run(Readable.from([Buffer.from(text)]), {
      format,
      dryRun,
      onRejection: async ({ number, reason }) => void faults.push(`record ${number}: ${reason}`),
      onProgress: () => undefined,
    });
    return { ...summary, faults };
  }

  const exported = (format: BulkFormat, withHashes: boolean) =>
    readText(app.get(UserExport).run({ format, withHashes, onProgress: () => undefined }));

  const audited = () => database.query('SELECT id FROM audit_log');

  const all = () =>
    database.query<Record<string, unknown>>(
      `SELECT email, name, password_hash, role, tier, status, source, email_verified, created_at
         FROM users ORDER BY email`,
    );

  const counts = (read: number, imported: number, skipped: number, rejected: number) => ({
    read,
    imported,
    skipped,
    rejected,
  });

  it('ends lines at LF and CRLF, and rejects a line with a lone CR', async () => {
    const text =
      'email,name\r\na@example.com,A\r\nb@example.com,"B"\rc@example.com,C\r\nd@example.com,D\re@example.com\nf@example.com,F\n';
    expect(await importing(text, 'csv')).toEqual({
      ...counts(4, 2, 0, 2),
      faults: ['record 2: is not CSV', 'record 3: name must not contain control characters'],
    });
    expect((await all()).map(({ email }) => email)).toEqual(['a@example.com', 'f@example.com']);
  });

  it.each([
    ['', 'the file is empty; its first line must name the columns, email and name among them'],
    ['name,role\n', 'the first line must name the columns, and lacks email'],
    ['a@example.com,Ada\n', 'the first line must name the columns, and lacks email and name'],
    ['email,name\ra@b.com,A\r', 'the first line must name the columns, and lacks name'],
  ])('says what %j lacks', async (text, fault) => {
    await expect(importing(text, 'csv')).rejects.toThrow(fault);
    expect(await all()).toEqual([]);
  });

  it.each([
    ['csv', 'email,name\n'],
    ['csv', 'name,email'],
    ['jsonl', ''],
  ] as const)('accepts %s without users: %j', async (format, text) => {
    expect(await importing(text, format)).toEqual({ ...counts(0, 0, 0, 0), faults: [] });
  });

  it('skips addresses that exist, in any case and within the file', async () => {
    await importing(CSV.join('\n'), 'csv');
    const more =
      '{"email":"A@EXAMPLE.com","name":"Other"}\n{"email":"e@example.com","name":"E"}\n{"email":"E@example.com","name":"E2"}\n';
    expect(await importing(more, 'jsonl')).toMatchObject(counts(3, 1, 2, 0));
    expect(await all()).toHaveLength(3);
  });

  it('changes nothing in a dry run, with the counts of an import', async () => {
    const text = [...CSV, CSV[1], 'bad,,,,,,,,'].join('\n');
    const before = await audited();
    expect(await importing(text, 'csv', { dryRun: true })).toMatchObject(counts(4, 2, 1, 1));
    expect(await all()).toEqual([]);
    expect(await audited()).toEqual(before);
    expect(await importing(text, 'csv')).toMatchObject(counts(4, 2, 1, 1));
  });

  it.each(['csv', 'jsonl'] as const)(
    'exports %s that an empty database imports to the same, and hashes only on request',
    async (format) => {
      await importing(CSV.join('\n'), 'csv');
      const [before, text] = [await all(), await exported(format, true)];
      expect(await exported(format, false)).not.toMatch(/\$2b|password_hash/);
      await database.query('DELETE FROM users');
      expect(await importing(text, format)).toMatchObject(counts(2, 2, 0, 0));
      expect(await all()).toEqual(before);
    },
  );
});
