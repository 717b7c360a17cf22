import type { IncomingHttpHeaders } from 'node:http';

/** Whether a request has any credentials. */
export function bringsCredentials(headers: IncomingHttpHeaders): boolean {
  return headers.authorization !== undefined || headers['x-api-key'] !== undefined;
}
