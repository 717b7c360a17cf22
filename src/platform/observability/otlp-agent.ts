import type { Agent } from 'node:http';
import type { Duplex } from 'node:stream';

/**
 * Connections for exports, one for each, that end at a deadline. The exporter's own time-out covers
 * only silence, so a receiver that answers byte by byte would hold its requests forever.
 * @param timeoutMs longest time of an export, in milliseconds, connecting included.
 * @param tls certificates, for `https:` receivers.
 */
export function agentWithDeadline(timeoutMs: number, tls: object) {
  return async (protocol: string): Promise<Agent> => {
    const module = await (protocol === 'https:' ? import('node:https') : import('node:http'));
    const agent: Agent = new module.Agent({ keepAlive: false, ...tls });
    const connect = agent.createConnection.bind(agent);
    agent.createConnection = (options, callback) => endAt(timeoutMs, connect(options, callback));
    return agent;
  };
}

function endAt<Socket extends Duplex | null | undefined>(
  timeoutMs: number,
  socket: Socket,
): Socket {
  const timer = setTimeout(
    () => socket?.destroy(new Error(`no whole answer within ${timeoutMs} ms`)),
    timeoutMs,
  );
  timer.unref();
  socket?.once('close', () => clearTimeout(timer));
  return socket;
}
