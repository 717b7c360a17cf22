import { z } from 'zod';

/**
 * Comma list of `key=value` with percent escapes, as OpenTelemetry writes headers and attributes.
 * The specification discards the whole list silently after a fault.
 * https://opentelemetry.io/docs/specs/otel/resource/sdk/#specifying-resource-information-via-an-environment-variable
 */
export function keyValues(isKey: (key: string) => boolean, description: string) {
  return z
    .string()
    .transform((text) =>
      text
        .split(',')
        .filter((pair) => pair.trim() !== '')
        .map(readPair),
    )
    .refine((pairs) => pairs.every((pair) => pair !== undefined && isKey(pair[0])), {
      error: 'must be a comma list of key=value, with percent escapes for special characters',
    })
    .transform((pairs) => Object.fromEntries(pairs.filter((pair) => pair !== undefined)))
    .describe(description);
}

function readPair(pair: string): [key: string, value: string] | undefined {
  const at = pair.indexOf('=');
  if (at < 1) return undefined;
  try {
    const [key, value] = [pair.slice(0, at), pair.slice(at + 1)].map((part) =>
      decodeURIComponent(part.trim()),
    ) as [string, string];
    return /\p{Cc}/u.test(key + value) ? undefined : [key, value];
  } catch {
    return undefined;
  }
}
