import { decode, encode, UnreadableFile } from './format/bulk-format.js';
import { writeUsers } from './bulk.task.js';
import { toUser } from './format/bulk-user.js';

const numbered = (...texts: string[]) => texts.map((text, number) => ({ number, text }));

describe('decode csv', () => {
  it('reads fields by the header, quoted or not', () => {
    const records = numbered('name,email', '"Ada, ""L""",a@example.com');
    const { columns, records: decoded } = decode({ format: 'csv', records });
    expect(decoded).toEqual([{ number: 1, fields: { name: 'Ada, "L"', email: 'a@example.com' } }]);
    const next = [{ number: 2, text: 'Bob,b@example.com' }];
    expect(decode({ format: 'csv', records: next, columns }).records).toEqual([
      { number: 2, fields: { name: 'Bob', email: 'b@example.com' } },
    ]);
  });

  it('isolates a broken record from the others', () => {
    const records = numbered(
      'email,name',
      'a@example.com,"A',
      'b@example.com,B',
      'c@example.com',
      '"x"y,z',
    );
    expect(decode({ format: 'csv', records }).records).toEqual([
      { number: 1, fault: 'is not CSV' },
      { number: 2, fields: { email: 'b@example.com', name: 'B' } },
      { number: 3, fault: 'must have 2 fields' },
      { number: 4, fault: 'is not CSV' },
    ]);
  });

  it('treats a lone carriage return as text, and loses no record', () => {
    const records = numbered('email,name', 'a@example.com,A\rb@example.com', 'c@example.com,C');
    expect(decode({ format: 'csv', records }).records).toEqual([
      { number: 1, fields: { email: 'a@example.com', name: 'A\rb@example.com' } },
      { number: 2, fields: { email: 'c@example.com', name: 'C' } },
    ]);
    const quoted = numbered('email,name', '"a@example.com","A"\r"b@example.com"');
    expect(decode({ format: 'csv', records: quoted }).records).toEqual([
      { number: 1, fault: 'is not CSV' },
    ]);
  });

  it('treats quoted line breaks as text, and never merges two records', () => {
    const records = numbered(
      'email,name',
      '"v@example.com","Nice\nevil@example.com,Evil\r\nname"',
      'c@example.com,C\nd@example.com,D',
    );
    expect(decode({ format: 'csv', records }).records).toEqual([
      {
        number: 1,
        fields: { email: 'v@example.com', name: 'Nice\nevil@example.com,Evil\r\nname' },
      },
      { number: 2, fault: 'is not CSV' },
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
    expect(() => decode({ format: 'csv', records: numbered(header) })).toThrow(UnreadableFile);
  });
});

describe('decode jsonl', () => {
  it('reads objects and reports other values', () => {
    const records = numbered('{"email":"a"}', '[1]', '{', 'null');
    expect(decode({ format: 'jsonl', records }).records).toEqual([
      { number: 0, fields: { email: 'a' } },
      { number: 1, fault: 'is not a JSON object' },
      { number: 2, fault: 'is not a JSON object' },
      { number: 3, fault: 'is not a JSON object' },
    ]);
  });
});

describe('a user of JSON lines', () => {
  it.each(['email', 'name', 'source', 'role', 'password_hash'])(
    'has no half of a character in its %s',
    (column) => {
      const user = { email: 'a@example.com', name: 'Ada', [column]: 'x\uD800y' };
      const records = numbered(JSON.stringify(user));
      expect(records[0]?.text).toContain('\\ud800');
      const [decoded] = decode({ format: 'jsonl', records }).records;
      expect(toUser((decoded as { fields: Record<string, unknown> }).fields)).toEqual({
        fault: expect.stringMatching(`^${column} must `) as string,
      });
    },
  );
});

describe('encode', () => {
  it.each(['csv', 'jsonl'] as const)('writes %s that reads back the same', (format) => {
    const columns = ['email', 'name', 'email_verified'] as const;
    const record = { email: 'a@example.com', name: '=Ada, "L"', email_verified: true };
    const text = encode(format, columns, [record as never]);
    const records = numbered(...(format === 'csv' ? [columns.join(',')] : []), text.trimEnd());
    const [decoded] = decode({ format, records }).records;
    expect(decoded).toMatchObject({ fields: { email: record.email, name: record.name } });
    expect(toUser((decoded as { fields: Record<string, unknown> }).fields)).toMatchObject(record);
  });
});

describe('toUser', () => {
  const minimal = { email: 'ada@example.com', name: 'Ada' };

  it('requires only address and name, and treats empty fields as missing', () => {
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

  it('encodes the creation time in the id', () => {
    const user = toUser({ ...minimal, created_at: '2020-01-02T03:04:05+01:00' });
    expect(user).toMatchObject({ created_at: new Date('2020-01-02T02:04:05Z') });
    const { id } = user as { id: string };
    expect(parseInt(id.replace('-', '').slice(0, 12), 16)).toBe(Date.parse('2020-01-02T02:04:05Z'));
  });

  it('names all invalid columns at once, without values', () => {
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
  it('is imported in its ASCII form, and exported as typed', () => {
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
