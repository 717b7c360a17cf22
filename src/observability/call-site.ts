import { basename } from 'node:path';

/** Where the log call stands: file without extension, function, line. Costs a stack trace. */
export function callSite(): Record<string, string | number> {
  const frames = new Error().stack?.split('\n').slice(1) ?? [];
  const caller = frames.find(
    (frame) => !/node_modules|node:|observability\/(call-site|logger)\.[jt]s/.test(frame),
  );
  const match = caller?.match(
    /at (?:async )?(?:(?<name>[^( ]+) \()?(?:file:\/\/)?(?<file>[^()]+):(?<line>\d+):\d+\)?$/,
  );
  if (!match?.groups) return {};
  const { name = '<anonymous>', file = '', line = '0' } = match.groups;
  return { module: basename(file).replace(/\.[jt]s$/, ''), function: name, line: Number(line) };
}
