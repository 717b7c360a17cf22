import type { IncomingHttpHeaders } from 'node:http';

/** Whether a request has any credentials. */
export function hasCredentials(headers: IncomingHttpHeaders): boolean {
  return headers.authorization !== undefined || headers['x-api-key'] !== undefined;
}
