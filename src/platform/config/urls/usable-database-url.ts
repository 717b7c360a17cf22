import { accessSync, constants } from 'node:fs';

import { systemUser } from './system-user.js';

/** Parameters that name a file. */
const FILES = ['sslrootcert', 'sslcert', 'sslkey'] as const;

/**
 * Faults that no server can accept, so that retries would never end: a URL without a user if
 * neither the environment nor the system names one, missing TLS files, and direct TLS negotiation
 * with optional TLS.
 * @param url as `readDatabaseUrl` writes it. @param system the user that runs this process. @returns the rule that is broken, if one is.
 */
export function faultOfUse(
  url: string,
  { PGUSER }: Readonly<Record<string, string | undefined>>,
  system = systemUser(),
): string | undefined {
  const [authority = '', query] = url.split('?');
  const parameters = new URLSearchParams(query);
  const hasUser = /^postgresql:\/\/[^@/:]+(:[^@/]*)?@/.test(authority) || PGUSER || system;
  if (!hasUser) return 'must name a user';
  const mode = parameters.get('sslmode') ?? 'prefer';
  if (parameters.get('sslnegotiation') === 'direct' && !/^(require|verify-)/.test(mode))
    return 'must have sslmode require, verify-ca or verify-full with sslnegotiation=direct';
  const missing = FILES.find((name) => !isReadable(parameters.get(name), name));
  if (missing !== undefined)
    return `must name a file that can be read with the parameter ${missing}`;
  if (parameters.has('sslcert') !== parameters.has('sslkey'))
    return 'must have sslcert and sslkey together';
  return undefined;
}

function isReadable(path: string | null, name: (typeof FILES)[number]): boolean {
  // The value for the built-in authorities of Node.
  if (path === null || (name === 'sslrootcert' && path === 'system')) return true;
  try {
    accessSync(path, constants.R_OK);
    return true;
  } catch {
    return false;
  }
}
