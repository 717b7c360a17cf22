import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

import type { FastifyInstance, FastifyRequest } from 'fastify';

import { RequestInvalid } from '../../problems/problem.js';
import { toDocument } from './problem.filter.js';

/** Violations of HTTP by clients. Node's own answers have no id and no document. */

/** The only defined expectation (RFC 9110 §10.1.1). */
const CONTINUE = '100-continue';

/** Time for a client to read a refusal, in milliseconds. */
const LINGER_MS = 1000;
/** Maximum length of a request name in an answer, in characters. */
const MAX_NAME = 100;

/** What is wrong with a request that Node gave up on, by the code of its error. */
const DETAILS: Readonly<Record<string, string>> = {
  HPE_HEADER_OVERFLOW: 'has a URL or headers that are too long',
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 'has chunk extensions that are too long',
  ERR_HTTP_REQUEST_TIMEOUT: 'took too long to arrive',
};

/**
 * Refuses requests that Node can read but that cannot be served: of HTTP/1.1 without a host (RFC 9112
 * §3.2), with an unknown expectation, or with a query that is no UTF-8 (RFC 3986 §2.5). Needs `requireHostHeader: false`.
 */
export function refuseHalfRequests(server: FastifyInstance): void {
  server.server.on('checkExpectation', (request: IncomingMessage, response: ServerResponse) => {
    server.server.emit('request', request, response);
  });
  server.addHook('onRequest', (request, _reply, done) => {
    const fault = faultOf(request);
    done(fault && new RequestInvalid([fault]));
  });
}

function faultOf({ raw: { headers, httpVersion }, url }: FastifyRequest) {
  if (headers.host === undefined && httpVersion === '1.1')
    return { pointer: 'header/Host', detail: 'is missing' };
  if (headers.expect !== undefined && headers.expect.toLowerCase() !== CONTINUE)
    return { pointer: 'header/Expect', detail: `must be ${CONTINUE}` };
  return faultOfQuery(url);
}

/** Fastify does not decode a query with broken escapes. Its text would then equal that of another query. */
function faultOfQuery(url: string) {
  const query = url.slice(url.indexOf('?') + 1);
  if (!query.includes('%')) return undefined;
  const pair = query.split('&').find((each) => !isDecodable(each));
  if (pair === undefined) return undefined;
  const [name = ''] = pair.split('=', 1);
  return { pointer: `query/${name.slice(0, MAX_NAME)}`, detail: 'must be percent-encoded UTF-8' };
}

function isDecodable(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

/** A connection, with the answer that Node is about to write or has begun. */
interface AnsweringSocket extends Socket {
  readonly _httpMessage?: Pick<ServerResponse, 'headersSent'>;
}

/**
 * Answers invalid or incomplete HTTP requests, which Node rejects before Fastify. All are 400
 * `request.invalid`, as any other request that does not match the description.
 * @param headers of every answer.
 */
export function answerMalformed(headers: Readonly<Record<string, string>>) {
  return (error: NodeJS.ErrnoException, socket: AnsweringSocket): void => {
    const answered = socket._httpMessage?.headersSent === true;
    if (error.code === 'ECONNRESET' || answered || !socket.writable) return void socket.destroy();
    refuse(socket, headers, DETAILS[error.code ?? ''] ?? 'must be an HTTP request');
  };
}

/** Refuses `CONNECT`, which asks for a tunnel; without a listener Node would just close the connection. */
export function refuseTunnels(
  server: FastifyInstance,
  headers: Readonly<Record<string, string>>,
): void {
  server.server.on('connect', (_request, socket: Socket) => {
    // Node no longer manages the socket: this code must handle its errors and close it.
    socket.on('error', () => undefined);
    refuse(socket, headers, 'must not be CONNECT');
    socket.destroySoon();
  });
}

/** A problem document, written by hand. */
function refuse(socket: Socket, headers: Readonly<Record<string, string>>, detail: string): void {
  const request = { url: '', id: randomUUID() };
  const problem = new RequestInvalid([{ pointer: '', detail }]);
  const body = JSON.stringify(toDocument(problem, request));
  const head = Object.entries({
    ...headers,
    'content-type': 'application/problem+json; charset=utf-8',
    'cache-control': 'no-store',
    'x-request-id': request.id,
    'content-length': Buffer.byteLength(body),
    connection: 'close',
  }).map(([name, value]) => `${name}: ${value}\r\n`);
  // A client that is still sending gets only a short time to read the answer.
  const timer = setTimeout(() => socket.destroy(), LINGER_MS).unref();
  socket.once('close', () => clearTimeout(timer));
  socket.end(`HTTP/1.1 400 Bad Request\r\n${head.join('')}\r\n${body}`);
}
