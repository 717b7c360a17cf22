import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { logKeys } from './log-keys.js';

const SOURCE = join(import.meta.dirname, '../../..');
/** Written by pino out of `err`. */
const BY_PINO = ['exception'];

it('has no unused key', () => {
  const text = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' })
    .filter((file) => /(?<!\.spec|log-keys)\.ts$/.test(file))
    .map((file) => readFileSync(join(SOURCE, file), 'utf8'))
    .join('\n');
  const written = (key: string) => new RegExp(`\\b${key}\\b['"]?(:|,| })`).test(text);
  const keys = Object.keys(logKeys).filter((key) => !BY_PINO.includes(key));
  expect(keys.filter((key) => !written(key))).toEqual([]);
});
