import { existsSync, readFileSync } from 'node:fs';
import { SourceMap, type SourceMapPayload } from 'node:module';
import { basename } from 'node:path';

/** A place in a source file; lines and columns from 1. */
interface Position {
  readonly file: string;
  readonly line: number;
}

const FRAME =
  /at (?:async )?(?:(?<name>[^( ]+) \()?(?:file:\/\/)?(?<file>[^()]+):(?<line>\d+):(?<column>\d+)\)?$/;
/** Frames between the caller and here. */
const LOGGING = /node_modules|node:|observability\/(call-site|logger)\.[jt]s/;

const maps = new Map<string, SourceMap | undefined>();

/** Where the log call stands: source file without extension, function, line. Costs a stack trace. */
export function callSite(): Record<string, string | number> {
  for (const frame of new Error().stack?.split('\n').slice(1) ?? []) {
    const place = FRAME.exec(frame)?.groups;
    if (place === undefined) continue;
    const at = original(place['file'] ?? '', Number(place['line']), Number(place['column']));
    if (at === undefined || LOGGING.test(at.file)) continue;
    return {
      module: basename(at.file).replace(/\.[jt]s$/, ''),
      function: place['name'] ?? '<anonymous>',
      line: at.line,
    };
  }
  return {};
}

/** The source of a place in the bundle; nothing for that of a package, which has no map. */
function original(file: string, line: number, column: number): Position | undefined {
  if (!maps.has(file)) maps.set(file, readMap(file));
  const map = maps.get(file);
  if (map === undefined) return { file, line };
  const entry = map.findEntry(line - 1, column - 1);
  if (!('originalSource' in entry) || entry.generatedLine !== line - 1) return undefined;
  return { file: entry.originalSource, line: entry.originalLine + 1 };
}

function readMap(file: string): SourceMap | undefined {
  const path = `${file}.map`;
  if (!existsSync(path)) return undefined;
  return new SourceMap(JSON.parse(readFileSync(path, 'utf8')) as SourceMapPayload);
}
