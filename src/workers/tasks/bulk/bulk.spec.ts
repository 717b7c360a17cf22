import { decode, encode, UnreadableFile } from './bulk-format.js';
import { writeUsers } from '../bulk.task.js';
import { toUser } from './bulk-user.js';

const numbered = (...texts: string[]) => texts.map((text, index) => ({ line: index + 1, text }));

describe('decode csv', () => {
  it('reads fields by the header, quoted or not', () => {
    const lines = numbered('name,email', '"Ada, ""L""",a@example.com');
    const { columns, records } = decode({ format: 'csv', lines });
    expect(records).toEqual([{ line: 2, record: { name: 'Ada, "L"', email: 'a@example.com' } }]);
    const next = [{ line: 3, text: 'Bob,b@example.com' }];
    expect(decode({ format: 'csv', lines: next, columns }).records).toEqual([
      { line: 3, record: { name: 'Bob', email: 'b@example.com' } },
    ]);
  });

  it('lets a broken line spoil no other', () => {
    const lines = numbered(
      'email,name',
      'a@example.com,"A',
      'b@example.com,B',
      'c@example.com',
      '"x"y,z',
    );
    expect(decode({ format: 'csv', lines }).records).toEqual([
      { line: 2, fault: 'is not CSV' },
      { line: 3, record: { email: 'b@example.com', name: 'B' } },
      { line: 4, fault: 'must have 2 fields' },
      { line: 5, fault: 'is not CSV' },
    ]);
  });

  it('takes a lone carriage return for a character of its field, and loses no record', () => {
    const lines = numbered('email,name', 'a@example.com,A\rb@example.com', 'c@example.com,C');
    expect(decode({ format: 'csv', lines }).records).toEqual([
      { line: 2, record: { email: 'a@example.com', name: 'A\rb@example.com' } },
      { line: 3, record: { email: 'c@example.com', name: 'C' } },
    ]);
    const quoted = numbered('email,name', '"a@example.com","A"\r"b@example.com"');
    expect(decode({ format: 'csv', lines: quoted }).records).toEqual([
      { line: 2, fault: 'is not CSV' },
    ]);
  });

  it.each([
    '',
    'email',
    'email,name\ra@example.com,A',
    'email,name,email',
    'email,name,password',
    '{"email":"a@example.com"}',
  ])('refuses the header %j', (header) => {
    expect(() => decode({ format: 'csv', lines: numbered(header) })).toThrow(UnreadableFile);
  });
});

describe('decode jsonl', () => {
  it('reads objects and names what is none', () => {
    const lines = numbered('{"email":"a"}', '[1]', '{', 'null');
    expect(decode({ format: 'jsonl', lines }).records).toEqual([
      { line: 1, record: { email: 'a' } },
      { line: 2, fault: 'is not a JSON object' },
      { line: 3, fault: 'is not a JSON object' },
      { line: 4, fault: 'is not a JSON object' },
    ]);
  });
});

describe('encode', () => {
  it.each(['csv', 'jsonl'] as const)('writes %s that reads back the same', (format) => {
    const columns = ['email', 'name', 'email_verified'] as const;
    const record = { email: 'a@example.com', name: '=Ada, "L"', email_verified: true };
    const text = encode(format, columns, [record as never]);
    const lines = numbered(...(format === 'csv' ? [columns.join(',')] : []), text.trimEnd());
    const [decoded] = decode({ format, lines }).records;
    expect(decoded).toMatchObject({ record: { email: record.email, name: record.name } });
    expect(toUser((decoded as { record: Record<string, unknown> }).record)).toMatchObject(record);
  });
});

describe('toUser', () => {
  const minimal = { email: 'ada@example.com', name: 'Ada' };

  it('needs an address and a name only; empty fields are missing ones', () => {
    expect(toUser({ ...minimal, password_hash: '', role: null, tier: '' })).toMatchObject({
      ...minimal,
      password_hash: null,
      role: 'user',
      tier: 'free',
      status: 'active',
      source: 'import',
      email_verified: false,
    });
  });

  it('puts the time of creation into the id', () => {
    const user = toUser({ ...minimal, created_at: '2020-01-02T03:04:05+01:00' });
    expect(user).toMatchObject({ created_at: new Date('2020-01-02T02:04:05Z') });
    const { id } = user as { id: string };
    expect(parseInt(id.replace('-', '').slice(0, 12), 16)).toBe(Date.parse('2020-01-02T02:04:05Z'));
  });

  it('names every bad column at once and repeats no value', () => {
    const fault = (
      toUser({
        email: 'nobody',
        name: 'x'.repeat(201),
        password_hash: 'plain-text-password',
        role: 'root',
        email_verified: 'perhaps',
        created_at: '2999-01-01T00:00:00Z',
      }) as { fault: string }
    ).fault;
    for (const column of [
      'email ',
      'name ',
      'password_hash ',
      'role ',
      'email_verified ',
      'created_at ',
    ])
      expect(fault).toContain(column);
    for (const value of ['nobody', 'xxx', 'plain', 'root', 'perhaps', '2999'])
      expect(fault.replaceAll('root,', '')).not.toContain(value);
    expect(toUser({ ...minimal, 'secret@example.com': 1 })).toEqual({
      fault: 'has unknown columns',
    });
  });
});

describe('an address of an internationalised domain', () => {
  it('is read into its ASCII form, and written as it was typed', () => {
    const user = toUser({ email: 'ada@MÜNCHEN.example', name: 'Ada' });
    expect(user).toMatchObject({
      email: 'ada@xn--mnchen-3ya.example',
      email_as_typed: 'ada@MÜNCHEN.example',
    });
    const columns = ['email', 'name'] as const;
    expect(writeUsers({ format: 'csv', columns, users: [user as never] })).toBe(
      'ada@MÜNCHEN.example,Ada\n',
    );
  });
});
