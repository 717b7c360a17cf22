import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { parseArea } from '../../config/env.js';
import { accessArea } from './access.config.js';

describe('configuration of callers', () => {
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'cnua-access-'));
  });

  afterAll(() => rmSync(folder, { recursive: true }));

  it('names the _FILE variable when a file breaks a production rule', () => {
    const API_KEY_FILE = join(folder, 'key');
    writeFileSync(API_KEY_FILE, 'short');
    expect(parseArea(accessArea, { ENVIRONMENT: 'production', API_KEY_FILE })).toEqual({
      faults: [{ name: 'API_KEY_FILE', rule: 'must have at least 32 bytes in each element' }],
    });
  });
});
