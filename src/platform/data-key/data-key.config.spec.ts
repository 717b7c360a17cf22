import { randomBytes } from 'node:crypto';

import { parseArea } from '../config/env.js';
import { dataKeyArea } from './data-key.config.js';

const newKey = (bytes = 32) => randomBytes(bytes).toString('base64');
const parse = (DATA_KEY: string) => parseArea(dataKeyArea, { ENVIRONMENT: 'production', DATA_KEY });
const fault = (rule: string) => ({ faults: [{ name: 'DATA_KEY', rule }] });

describe('DATA_KEY', () => {
  it('is a list of keys of 32 bytes each', () => {
    const keys = [newKey(), newKey()];
    expect(parse(keys.join(' , '))).toEqual({
      values: { DATA_KEY: keys.map((key) => Buffer.from(key, 'base64')) },
    });
  });

  it.each([
    ['31 bytes', newKey(31)],
    ['33 bytes', newKey(33)],
    ['hexadecimal digits', randomBytes(32).toString('hex')],
    ['no padding', newKey().slice(0, -1)],
    ['a character outside of base64', `${newKey().slice(0, -3)}!==`],
    ['nothing', ''],
  ])('refuses %s, and names the position', (_what, element) => {
    expect(parse(`${newKey()},${element},${newKey()}`)).toEqual(
      fault('must be base64 of 32 bytes at position 2'),
    );
  });

  it('names every wrong position', () => {
    expect(parse(`short,${newKey()},,also`)).toEqual(
      fault('must be base64 of 32 bytes at position 1, 3, 4'),
    );
  });

  it('refuses the same key twice', () => {
    const key = newKey();
    expect(parse(`${key},${newKey()},${key}`)).toEqual(
      fault('must not repeat a key at position 3'),
    );
  });

  it('has a default in development, which production refuses at any position', () => {
    const development = parseArea(dataKeyArea, { ENVIRONMENT: 'development' });
    expect(development).toHaveProperty('values');
    const fallback = dataKeyArea.variables.DATA_KEY.fallback;
    const refused = fault('must be set to a key of your own');
    expect(parseArea(dataKeyArea, { ENVIRONMENT: 'staging' })).toEqual(refused);
    expect(parse(`${newKey()},${fallback}`)).toEqual(refused);
  });
});
