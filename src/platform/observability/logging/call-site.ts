import { basename } from 'node:path';

import { frameOf } from './source-positions.js';

/** Frames between the caller and here. */
const LOGGING = /node_modules|node:|logging\/(call-site|logger)\.[jt]s/;

/** Position of the log call: source file without extension, function, line. Costs a stack trace. */
export function callSite(): Record<string, string | number> {
  for (const line of new Error().stack?.split('\n').slice(1) ?? []) {
    const frame = frameOf(line);
    if (frame === undefined || LOGGING.test(frame.position.file)) continue;
    return {
      module: basename(frame.position.file).replace(/\.[jt]s$/, ''),
      function: frame.name ?? '<anonymous>',
      line: frame.position.line,
    };
  }
  return {};
}
