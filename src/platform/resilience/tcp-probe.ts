import { once } from 'node:events';
import { connect } from 'node:net';

/**
 * Opens a connection to the server of a URL and closes it: whether it is there, without a request.
 * @throws Error whose cause is that of the socket, or the reason of the signal.
 */
export async function probeTcp(url: string, signal: AbortSignal): Promise<void> {
  const { protocol, hostname, port } = new URL(url);
  const socket = connect({
    // IPv6 addresses stand in brackets in URLs only.
    host: hostname.replace(/^\[(.*)\]$/, '$1'),
    port: Number(port) || (protocol === 'https:' ? 443 : 80),
    signal,
  });
  try {
    await once(socket, 'connect', { signal });
  } catch (cause) {
    throw new Error('could not connect', { cause });
  } finally {
    socket.destroy();
  }
}
