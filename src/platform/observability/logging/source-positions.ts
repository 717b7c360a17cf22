import { existsSync, readFileSync } from 'node:fs';

import { type Position, type SourceMapJson, SourceMapReader } from './source-map.js';

const FRAME =
  /^(?<before>\s*at (?:async )?(?:(?<name>[^( ]+) (?:\[as [^\]]+\] )?\()?)(?:file:\/\/)?(?<file>[^()]+):(?<line>\d+):(?<column>\d+)(?<after>\)?)$/;

const readers = new Map<string, SourceMapReader | undefined>();

/** A frame of a stack, in the source. */
export interface Frame {
  /** Nothing for code outside functions. */
  readonly name: string | undefined;
  readonly position: Position;
}

/** The position in a stack line; undefined for other lines and for packages in the bundle. */
export function frameOf(line: string): Frame | undefined {
  const place = FRAME.exec(line)?.groups;
  const position = place && sourceOf(place);
  return position && { name: place['name'], position };
}

/**
 * The frames of an error, without its message, which may repeat input. They name the source instead
 * of the bundle. Maps are read at the first logged error, so that they cost nothing before;
 * packages have none.
 */
export function framesOf({ stack = '' }: Error): string[] {
  return stack
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .map(inSource);
}

function inSource(line: string): string {
  const place = FRAME.exec(line)?.groups;
  const position = place && sourceOf(place);
  if (place === undefined || position === undefined) return line;
  return `${place['before']}${position.file}:${position.line}:${position.column}${place['after']}`;
}

function sourceOf({ file = '', ...place }: Record<string, string>): Position | undefined {
  const [line, column] = [Number(place['line']), Number(place['column'])];
  if (!readers.has(file)) readers.set(file, read(`${file}.map`));
  const reader = readers.get(file);
  if (reader === undefined) return { file, line, column };
  const found = reader.find(line, column);
  return found && { ...found, file: found.file.replace(/^(\.\.\/)+/, '') };
}

function read(path: string): SourceMapReader | undefined {
  try {
    if (!existsSync(path)) return undefined;
    const { mappings, sources } = JSON.parse(readFileSync(path, 'utf8')) as SourceMapJson;
    return new SourceMapReader({ mappings, sources });
  } catch {
    // An error must be logged even without the map.
    return undefined;
  }
}
