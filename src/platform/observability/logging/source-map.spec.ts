import { readFileSync } from 'node:fs';
import { SourceMap, type SourceMapPayload } from 'node:module';
import { join } from 'node:path';

import { SourceMapReader } from './source-map.js';
import { framesOf } from './source-positions.js';

/** The largest file of the bundle. */
const BUNDLED = join(import.meta.dirname, '../../../../dist/chunks/service.js');
const mapOf = (file: string) => JSON.parse(readFileSync(`${file}.map`, 'utf8')) as SourceMapPayload;

describe('SourceMapReader', () => {
  it('returns the same positions as the SourceMap class of Node', () => {
    const map = mapOf(BUNDLED);
    const [reader, oracle] = [new SourceMapReader(map), new SourceMap(map)];
    const lines = map.mappings.split(';').length;
    let found = 0;
    for (let line = 1; line <= lines; line += 97) {
      for (const column of [1, 9, 40]) {
        const entry = oracle.findEntry(line - 1, column - 1);
        const expected =
          'originalSource' in entry &&
          // Some positions have no source.
          (entry.originalSource as string | undefined) !== undefined &&
          entry.generatedLine === line - 1
            ? {
                file: entry.originalSource,
                line: entry.originalLine + 1,
                column: entry.originalColumn + 1,
              }
            : undefined;
        expect({ line, column, at: reader.find(line, column) }).toEqual({
          line,
          column,
          at: expected,
        });
        if (expected) found += 1;
      }
    }
    expect(found).toBeGreaterThan(50);
    expect(reader.find(lines + 10_000, 1)).toBeUndefined();
  });
});

describe('framesOf', () => {
  it('maps positions in the bundle to the source, and keeps other positions', () => {
    const line =
      mapOf(BUNDLED)
        .mappings.split(';')
        .findIndex((segments) => segments !== '') + 1;
    const stack = `Error: secret
    at run (file://${BUNDLED}:${line}:1)
    at async node:internal/process:1:2
    at elsewhere (/nowhere/else.js:3:4)`;
    const [inBundle, ...others] = framesOf(Object.assign(new Error('x'), { stack }));
    expect(inBundle).toMatch(/^ {4}at run \(src\/[\w/.-]+\.ts:\d+:\d+\)$/);
    expect(others).toEqual([
      '    at async node:internal/process:1:2',
      '    at elsewhere (/nowhere/else.js:3:4)',
    ]);
  });
});
