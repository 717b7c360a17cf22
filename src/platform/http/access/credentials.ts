import type { IncomingHttpHeaders } from 'node:http';

/** Whether a request shows anything that could be right or wrong. */
export function bringsCredentials(headers: IncomingHttpHeaders): boolean {
  return headers.authorization !== undefined || headers['x-api-key'] !== undefined;
}
