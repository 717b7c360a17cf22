import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** Time limits of connections. */
export interface ConnectionLimits {
  /** Milliseconds from the head of a request until its answer was read. */
  readonly exchangeMs: number;
  /** Milliseconds after the server has closed for clients to complete their requests. */
  readonly closingMs: number;
  /** How often to look for connections past these limits, in milliseconds. */
  readonly checkMs: number;
}

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly since: number;
}

interface Connection {
  /** Bytes read from it when its last request ended; -1 when the rest of a refused request may still come. */
  bytesBefore: number;
  /**
   * Its requests in order, usually one. Not one Set for the whole server: when a Set changes with
   * each request, V8 leaves old tables behind, which keep their entries alive until the next full
   * collection.
   */
  exchanges: Exchange[];
}

type ConnectionState = 'worked on' | 'half-sent requests' | 'unread answers' | 'idle';

/**
 * Closes connections whose clients neither send nor read. Node.js limits only the time to receive a
 * request, and stops checking once the server closes: a stalled client would then delay the process
 * until its shutdown deadline.
 */
export class Connections {
  private readonly open = new Map<Socket, Connection>();
  private closedAt: number | undefined;

  constructor(
    private readonly server: Server,
    private readonly limits: ConnectionLimits,
  ) {
    server.on('connection', (socket: Socket) => {
      this.open.set(socket, { bytesBefore: 0, exchanges: [] });
      socket.once('close', () => this.forget(socket));
    });
    server.once('listening', () => {
      const timer = setInterval(() => this.endStalled(), limits.checkMs).unref();
      server.once('close', () => clearInterval(timer));
    });
  }

  /** Registers a request. @param ended called once at its end. */
  begin(request: IncomingMessage, response: ServerResponse, ended: () => void): void {
    const { socket } = request;
    const exchange = { request, response, since: performance.now() };
    const connection = this.open.get(socket);
    connection?.exchanges.push(exchange);
    response.once('close', () => {
      if (connection) {
        connection.exchanges = connection.exchanges.filter((other) => other !== exchange);
        connection.bytesBefore = request.complete ? socket.bytesRead : -1;
        this.forget(socket);
      }
      ended();
    });
  }

  /** Until the last request has ended, shortly after its connection and the server. */
  async over(): Promise<void> {
    const ends = this.exchanges().map(
      ({ response }) => new Promise<void>((resolve) => response.once('close', resolve)),
    );
    await Promise.all(ends);
  }

  /** Clients that the process waits for without active work, as text: `half-sent requests (2)`. */
  stalled(): string[] {
    const standings = [...this.open].map(standingOf);
    return (['half-sent requests', 'unread answers'] as const).flatMap((name) => {
      const { length } = standings.filter((standing) => standing === name);
      return length === 0 ? [] : [`${name} (${length})`];
    });
  }

  /** After the connection is closed and its last request has ended. */
  private forget(socket: Socket): void {
    if (socket.closed && this.open.get(socket)?.exchanges.length === 0) this.open.delete(socket);
  }

  private exchanges(): Exchange[] {
    return [...this.open.values()].flatMap(({ exchanges }) => exchanges);
  }

  private endStalled(): void {
    const now = performance.now();
    for (const { request, since } of this.exchanges())
      if (now - since > this.limits.exchangeMs) request.socket.destroy();
    if (this.server.listening) return;
    this.closedAt ??= now;
    if (now - this.closedAt < this.limits.closingMs) return;
    for (const connection of this.open)
      if (standingOf(connection) !== 'worked on') connection[0].destroy();
  }
}

function standingOf([socket, { bytesBefore, exchanges }]: readonly [
  Socket,
  Connection,
]): ConnectionState {
  const standings = exchanges.map(progressOf);
  // With pipelined requests, the active request decides.
  return standings.includes('worked on')
    ? 'worked on'
    : (standings.at(-1) ?? (socket.bytesRead > bytesBefore ? 'half-sent requests' : 'idle'));
}

function progressOf({ request, response }: Exchange): ConnectionState {
  if (!request.complete) return 'half-sent requests';
  return response.writableEnded ? 'unread answers' : 'worked on';
}
