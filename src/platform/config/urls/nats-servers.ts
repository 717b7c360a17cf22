import { z } from 'zod';

import { canonicalHost, parseUrl, refuseParameters, UrlFault, urlSchema } from './url.js';

/** Servers of one NATS cluster. */
export interface NatsServers {
  /** As `host:port`. */
  readonly servers: readonly string[];
  readonly tls: boolean;
}

const DEFAULT_PORT = '4222';

/** Servers of NATS: `nats://host[:port][,host[:port]…]`, or `tls://`. */
export const natsServers = urlSchema(readNatsServers, 'URL (nats, tls) of one or more hosts');

/** @throws UrlFault */
function readNatsServers(text: string): NatsServers {
  const [, scheme = '', rest = ''] = /^([a-z]+):\/\/(.*)$/i.exec(text) ?? [];
  const parts = rest
    .replaceAll(`,${scheme}://`, ',')
    .split(',')
    .map((each) => parseUrl(`${scheme}://${each}`, ['nats', 'tls']));
  for (const part of parts) {
    refuseParameters(part);
    if (part.user !== '' || part.password !== '')
      throw new UrlFault('must not hold a user or password (see EVENTS_CREDENTIALS)');
    if (part.path.length > 1) throw new UrlFault('must not have a path');
  }
  return {
    servers: parts.map(({ host, port }) => `${canonicalHost(host)}:${port || DEFAULT_PORT}`),
    tls: scheme.toLowerCase() === 'tls',
  };
}

/** The content of a `.creds` file: a token, and the seed of the key that signs with it. */
export const natsCredentials = z
  .string()
  .max(16_384, { error: 'must have at most 16384 characters' })
  .regex(/-----BEGIN NATS USER JWT-----[^]*-----BEGIN [A-Z ]*NKEY SEED-----/, {
    error: 'must be the content of a NATS .creds file',
  })
  .describe('NATS credentials');
