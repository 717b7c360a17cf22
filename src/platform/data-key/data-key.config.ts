import { z } from 'zod';

import { area, inProduction } from '../config/area.js';
import { section } from '../config/section.js';

const DEFAULT_DATA_KEY = Buffer.from('development-data-key-change-me!!').toString('base64');
/** Bytes of a key of AES-256. */
const KEY_BYTES = 32;

/** One or more keys in base64. A fault names the position of an element, never its text. */
const dataKeys = z
  .string()
  .transform((value) => value.split(',').map((element) => element.trim()))
  .superRefine((elements, context) => {
    const bad = positions(elements, (element) => !isKey(element));
    if (bad !== '') context.addIssue(`must be base64 of ${KEY_BYTES} bytes at position ${bad}`);
    const again = positions(elements, (element, index) => elements.indexOf(element) < index);
    if (again !== '') context.addIssue(`must not repeat a key at position ${again}`);
  })
  .transform((elements) => elements.map((element) => Buffer.from(element, 'base64')))
  .describe('comma list of keys: base64 of 32 bytes each');

/** Positions from 1 on, as text. */
function positions(
  elements: readonly string[],
  matches: (element: string, index: number) => boolean,
) {
  return elements
    .flatMap((element, index) => (matches(element, index) ? [index + 1] : []))
    .join(', ');
}

/** Node ignores characters outside of base64, so that a mistyped key would become another one. */
function isKey(element: string): boolean {
  const bytes = Buffer.from(element, 'base64');
  return bytes.length === KEY_BYTES && bytes.toString('base64') === element;
}

export const dataKeyArea = area({
  title: 'Data key',
  variables: {
    DATA_KEY: {
      schema: dataKeys,
      fallback: DEFAULT_DATA_KEY,
      secret: true,
      about:
        'Encrypts stored secrets: the first key encrypts, all decrypt (`openssl rand -base64 32`). Production: keys of your own.',
    },
  },
  rules: [
    {
      variable: 'DATA_KEY',
      check: inProduction('must be set to a key of your own', (env) =>
        env.DATA_KEY.some((key) => key.toString('base64') === DEFAULT_DATA_KEY),
      ),
    },
  ],
});

export const dataKeyConfig = section('dataKey', dataKeyArea, (env) => ({ keys: env.DATA_KEY }));
