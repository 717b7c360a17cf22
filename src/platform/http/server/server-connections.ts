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

type Standing = 'worked on' | 'half-sent requests' | 'unread answers' | 'idle';

/**
 * Ends connections whose clients neither send nor read. Node.js limits only how long requests may
 * take to come, and no longer looks once the server closes: whoever stalls then would hold the
 * process until its shutdown deadline.
 */
export class Connections {
  /** Open connections, each with the bytes read from it when its last request ended. */
  private readonly sockets = new Map<Socket, number>();
  private readonly exchanges = new Set<Exchange>();
  private closedAt: number | undefined;

  constructor(
    private readonly server: Server,
    private readonly limits: ConnectionLimits,
  ) {
    server.on('connection', (socket: Socket) => {
      this.sockets.set(socket, 0);
      socket.once('close', () => this.sockets.delete(socket));
    });
    server.once('listening', () => {
      const timer = setInterval(() => this.endStalled(), limits.checkMs).unref();
      server.once('close', () => clearInterval(timer));
    });
  }

  /** A request has begun. @param ended called once, however it ends. */
  begin(request: IncomingMessage, response: ServerResponse, ended: () => void): void {
    const exchange = { request, response, since: performance.now() };
    this.exchanges.add(exchange);
    response.once('close', () => {
      this.exchanges.delete(exchange);
      const { socket } = request;
      // After a refusal the rest of its request may still come: -1 counts as half-sent.
      if (this.sockets.has(socket))
        this.sockets.set(socket, request.complete ? socket.bytesRead : -1);
      ended();
    });
  }

  /** Until the last request is over: a moment after its connection, and so after the server. */
  async over(): Promise<void> {
    const ends = [...this.exchanges].map(
      ({ response }) => new Promise<void>((resolve) => response.once('close', resolve)),
    );
    await Promise.all(ends);
  }

  /** Clients that the process waits for although it has nothing to do for them, for people: `half-sent requests (2)`. */
  stalled(): string[] {
    const standings = [...this.standings().values()];
    return (['half-sent requests', 'unread answers'] as const).flatMap((name) => {
      const { length } = standings.filter((standing) => standing === name);
      return length === 0 ? [] : [`${name} (${length})`];
    });
  }

  private endStalled(): void {
    const now = performance.now();
    for (const { request, since } of this.exchanges)
      if (now - since > this.limits.exchangeMs) request.socket.destroy();
    if (this.server.listening) return;
    this.closedAt ??= now;
    if (now - this.closedAt < this.limits.closingMs) return;
    for (const [socket, standing] of this.standings())
      if (standing !== 'worked on') socket.destroy();
  }

  private standings(): Map<Socket, Standing> {
    const found = new Map<Socket, Standing>();
    for (const [socket, before] of this.sockets)
      found.set(socket, socket.bytesRead > before ? 'half-sent requests' : 'idle');
    for (const exchange of this.exchanges) {
      const { socket } = exchange.request;
      // Of requests one after the other on a connection, the one that is worked on decides.
      if (found.get(socket) !== 'worked on') found.set(socket, standingOf(exchange));
    }
    return found;
  }
}

function standingOf({ request, response }: Exchange): Standing {
  if (!request.complete) return 'half-sent requests';
  return response.writableEnded ? 'unread answers' : 'worked on';
}
