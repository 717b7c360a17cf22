import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyRequest } from 'fastify';

import { Drain } from './health/drain.js';
import { WorkInHand } from './observability/work-in-hand.js';

/** What the server does so that a process can leave without cutting anybody off. */
export function prepareDrain(app: NestFastifyApplication): void {
  const server: FastifyInstance = app.getHttpAdapter().getInstance();
  noteRequests(server, app.get(WorkInHand));
  leaveConnections(server, app.get(Drain));
}

function noteRequests(server: FastifyInstance, work: WorkInHand): void {
  server.addHook('onRequest', (request, _reply, done) => {
    work.begin(routeOf(request));
    done();
  });
  server.addHook('onResponse', (request, _reply, done) => {
    work.end(routeOf(request));
    done();
  });
}

/**
 * From the drain on, each answer is the last of its connection. Otherwise those with a request in
 * flight would stay open after it until their idle time-out, and the process with them.
 */
function leaveConnections(server: FastifyInstance, drain: Drain): void {
  server.addHook('onSend', (_request, reply, payload, done) => {
    if (drain.active) void reply.header('connection', 'close');
    done(null, payload);
  });
  // Answers that were being sent when the drain began promised to stay.
  server.addHook('onResponse', (_request, _reply, done) => {
    if (drain.active && !server.server.listening)
      setImmediate(() => server.server.closeIdleConnections());
    done();
  });
}

function routeOf({ method, routeOptions: { url = 'unknown' } }: FastifyRequest): string {
  return `${method} ${url}`;
}
