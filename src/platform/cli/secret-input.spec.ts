import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';

import { Interrupted, UsageError } from './command.errors.js';
import { checkArguments, promptNewPassword, readSecretLine } from './secret-input.js';

async function* chunks(...parts: (string | Buffer)[]) {
  for (const part of parts) yield Buffer.from(part as string);
  await Promise.resolve();
}

const LATIN1 = Buffer.from('caf\xe9 caf\xe9 caf\xe9', 'latin1');

describe('readSecretLine', () => {
  it.each([
    [['a secret\nrest\n'], 'a secret'],
    [['a sec', 'ret\r', '\nrest'], 'a secret'],
    [['a secret'], 'a secret'],
    [['\u{FEFF}a secret\n'], 'a secret'],
    [[' a\u{FEFF}secret '], ' a\u{FEFF}secret '],
    [[Buffer.from('é').subarray(0, 1), Buffer.from('é\n').subarray(1)], 'é'],
    [[], ''],
  ])('reads %j', async (parts, secret) => {
    expect(await readSecretLine(chunks(...parts))).toBe(secret);
  });

  it('refuses text that is not UTF-8 or too long', async () => {
    await expect(readSecretLine(chunks(LATIN1))).rejects.toThrow(UsageError);
    const endless = (function* () {
      for (;;) yield Buffer.alloc(1000, 'x');
    })();
    await expect(readSecretLine(endless as never)).rejects.toThrow(UsageError);
  });
});

describe('promptNewPassword', () => {
  /** Types at a terminal, one key after the other, and returns the output. */
  async function typed(...keys: (string | Buffer)[]) {
    const [keyboard, screen] = [new PassThrough(), new PassThrough()];
    const shown = text(screen);
    const asked = promptNewPassword(keyboard, screen).finally(() => screen.end());
    for (const key of keys) keyboard.write(key);
    const outcome = await asked.catch((error: unknown) => error);
    return { outcome, shown: await shown };
  }

  it('asks twice and does not echo the input', async () => {
    expect(await typed('correct horse\r', 'correct horse\r')).toEqual({
      outcome: 'correct horse',
      shown: 'Password: \nThe same once more: \n',
    });
  });

  it('refuses different entries, and text that is not UTF-8', async () => {
    const refused = (message: string) => expect.objectContaining({ name: 'UsageError', message });
    const differing = await typed('correct horse\r', 'correct hose\r');
    expect(differing.outcome).toEqual(refused('the passwords are not the same'));
    const latin1 = await typed(LATIN1, '\r');
    expect(latin1.outcome).toEqual(refused('the password is not UTF-8'));
  });

  it.each([
    ['Ctrl-C', '\u{3}'],
    ['Ctrl-D', '\u{4}'],
  ])('is interrupted by %s, at either question', async (_key, key) => {
    expect((await typed(key)).outcome).toBeInstanceOf(Interrupted);
    expect((await typed('half', '\u{3}')).outcome).toBeInstanceOf(Interrupted);
    expect((await typed('correct horse\r', key)).outcome).toBeInstanceOf(Interrupted);
  });
});

describe('checkArguments', () => {
  it('refuses text that is not UTF-8', () => {
    expect(() => checkArguments(['--name', 'Zoë'])).not.toThrow();
    expect(() => checkArguments(['--name', LATIN1.toString()])).toThrow(UsageError);
  });
});
