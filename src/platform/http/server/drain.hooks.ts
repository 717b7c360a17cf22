import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyRequest } from 'fastify';

import { Connections } from './server-connections.js';
import { Drain } from '../../app/drain.js';
import { WorkInHand } from '../../app/work-in-hand.js';

/** 30 s to send a request, a limit of Node.js, and 30 s for the answer and its reading. */
const EXCHANGE_MS = 60_000;
const CHECK_MS = 1000;

/**
 * Lets a server drain: it completes active requests, and does not wait for stalled clients.
 * @param timeoutMs after which the process exits anyway.
 */
export function prepareDrain(app: NestFastifyApplication, timeoutMs: number): void {
  const server: FastifyInstance = app.getHttpAdapter().getInstance();
  const connections = new Connections(server.server, {
    exchangeMs: EXCHANGE_MS,
    closingMs: timeoutMs / 4,
    checkMs: Math.min(CHECK_MS, timeoutMs / 8),
  });
  noteRequests(server, connections, app.get(WorkInHand));
  leaveConnections(server, app.get(Drain));
}

function noteRequests(server: FastifyInstance, connections: Connections, work: WorkInHand): void {
  work.alsoNamedBy(() => connections.stalled());
  server.addHook('onClose', () => connections.over());
  server.addHook('onRequest', (request, reply, done) => {
    const route = routeOf(request);
    work.begin(route);
    connections.begin(request.raw, reply.raw, () => work.end(route));
    done();
  });
}

/**
 * During the drain each answer is the last of its connection. Otherwise connections with an active
 * request would stay open until their idle time-out, and delay the end of the process.
 */
function leaveConnections(server: FastifyInstance, drain: Drain): void {
  server.addHook('onSend', (_request, reply, payload, done) => {
    if (drain.active) void reply.header('connection', 'close');
    done(null, payload);
  });
  // Answers in progress at the start of the drain announced keep-alive.
  server.addHook('onResponse', (_request, _reply, done) => {
    if (drain.active && !server.server.listening)
      setImmediate(() => server.server.closeIdleConnections());
    done();
  });
}

function routeOf({ method, routeOptions: { url = 'unknown' } }: FastifyRequest): string {
  return `${method} ${url}`;
}
