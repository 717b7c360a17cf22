import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** How long connections may take. */
export interface ConnectionLimits {
  /** Milliseconds from the head of a request until its answer was read. */
  readonly exchangeMs: number;
  /** Milliseconds after the server has closed that clients have to send what they began to send. */
  readonly closingMs: number;
  /** How often to look for connections past these limits, in milliseconds. */
  readonly checkMs: number;
}

/** A request that has begun, and is not over. */
interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly since: number;
}

/** An open connection. */
interface Connection {
  /** Bytes read from it when its last request ended; -1 when the rest of a refused request may still come. */
  bytesBefore: number;
  /**
   * Its requests, in their order: nearly always one. Not a Set of all the server's: of one that changes with each
   * request V8 leaves outdated tables behind, which keep what was in them alive until the next full collection.
   */
  exchanges: Exchange[];
}

type Standing = 'worked on' | 'half-sent requests' | 'unread answers' | 'idle';

/**
 * Ends connections whose clients neither send nor read. Node.js limits only how long requests may
 * take to come, and no longer looks once the server closes: whoever stalls then would hold the
 * process until its shutdown deadline.
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

  /** A request has begun. @param ended called once, however it ends. */
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

  /** Until the last request is over: a moment after its connection, and so after the server. */
  async over(): Promise<void> {
    const ends = this.exchanges().map(
      ({ response }) => new Promise<void>((resolve) => response.once('close', resolve)),
    );
    await Promise.all(ends);
  }

  /** Clients that the process waits for although it has nothing to do for them, for people: `half-sent requests (2)`. */
  stalled(): string[] {
    const standings = [...this.open].map(standingOf);
    return (['half-sent requests', 'unread answers'] as const).flatMap((name) => {
      const { length } = standings.filter((standing) => standing === name);
      return length === 0 ? [] : [`${name} (${length})`];
    });
  }

  /** Once the connection is closed and its last request over, whichever comes last. */
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

function standingOf([socket, { bytesBefore, exchanges }]: readonly [Socket, Connection]): Standing {
  const standings = exchanges.map(progressOf);
  // Of requests one after the other on a connection, the one that is worked on decides.
  return standings.includes('worked on')
    ? 'worked on'
    : (standings.at(-1) ?? (socket.bytesRead > bytesBefore ? 'half-sent requests' : 'idle'));
}

function progressOf({ request, response }: Exchange): Standing {
  if (!request.complete) return 'half-sent requests';
  return response.writableEnded ? 'unread answers' : 'worked on';
}
