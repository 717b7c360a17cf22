import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** Passes bytes on, so that a server on loopback can be reached from another network. */
export interface TcpProxy {
  readonly port: number;
  /** Leads new connections to another port of 127.0.0.1; those that are open stay. */
  retarget(target: number): void;
  stop(): Promise<void>;
}

/** @param address where to listen, on a free port. @param target port of 127.0.0.1. */
export async function startTcpProxy(address: string, target: number): Promise<TcpProxy> {
  let current = target;
  const sockets = new Set<Socket>();
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
  };
  const server = createServer({ noDelay: true }, (client) => {
    const upstream = connect({ port: current, host: '127.0.0.1', noDelay: true });
    keep(client);
    keep(upstream);
    client.pipe(upstream).on('close', () => client.destroy());
    upstream.pipe(client).on('close', () => upstream.destroy());
  }).listen(0, address);
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    retarget: (other) => {
      current = other;
    },
    stop: async () => {
      server.close();
      for (const socket of sockets) socket.destroy();
      await once(server, 'close');
    },
  };
}
