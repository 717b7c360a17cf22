import type { IncomingHttpHeaders } from 'node:http';

import type { FastifyInstance } from 'fastify';

import { MAX_DEPTH, findStrings, findNonUtf8Strings } from './json-strings.js';
import {
  problem,
  type ProblemError,
  RequestInvalid,
  UnsupportedMediaType,
} from '../../problems/problem.js';
import { decodeUtf8, NotUtf8 } from '../../common/utf8.js';

// RFC 9110 §12.5.3: in an answer the header says which encodings of a request would do.
const IDENTITY = { 'Accept-Encoding': 'identity' };

class UnsupportedCharset extends problem(
  UnsupportedMediaType,
  'The request body must be UTF-8.',
  IDENTITY,
) {}
class UnsupportedEncoding extends problem(
  UnsupportedMediaType,
  'The request body must not be compressed or encoded.',
  IDENTITY,
) {}

/** A content type that names any charset but UTF-8; JSON needs none (RFC 8259 §11). */
const OTHER_CHARSET = /;\s*charset\s*=\s*(?!"?utf-?8"?\s*(?:;|$))/i;
/**
 * Escapes that may stand for what UTF-8 cannot hold, one half of a surrogate pair, or what
 * PostgreSQL and bcrypt cannot, NUL. Only then the texts of a body need a look.
 */
const DOUBTFUL_ESCAPE = /\\u(?:d[89a-f]|0000)/i;

/**
 * Makes a server read JSON bodies and no others.
 *
 * No body is no body, whatever its type would be: many clients name the type on every request.
 * Routes that need one name the fields they miss.
 */
export function acceptJson(server: FastifyInstance): void {
  // Fastify brings a parser for plain text, which no route takes: that is 415 like all but JSON.
  server.removeContentTypeParser('text/plain');
  // Prototype keys are bad input like any other unknown field, not a reason to hide it.
  const parse = server.getDefaultJsonParser('error', 'error');
  server.addContentTypeParser<Buffer>(
    'application/json',
    { parseAs: 'buffer' },
    (request, bytes, done) => {
      if (bytes.length === 0) return done(null);
      const text = textOf(bytes, request.headers);
      if (typeof text !== 'string') return done(text);
      return parse(request, text, (error, body) =>
        error === null ? done(faultOf(body, text), body) : done(error),
      );
    },
  );
}

/** The text of a body, or why it cannot be read. */
function textOf(bytes: Buffer, headers: IncomingHttpHeaders): string | ProblemError {
  if (OTHER_CHARSET.test(headers['content-type'] ?? '')) return new UnsupportedCharset();
  if ((headers['content-encoding'] ?? 'identity').toLowerCase() !== 'identity')
    return new UnsupportedEncoding();
  try {
    return decodeUtf8(bytes);
  } catch (error) {
    if (!(error instanceof NotUtf8)) throw error;
    return invalid(findNonUtf8Strings(bytes), error.message);
  }
}

/** What no schema has to look for, since it holds for every body. */
function faultOf(body: unknown, text: string): RequestInvalid | null {
  if (isTooDeep(body)) return invalid([''], `must not be nested deeper than ${MAX_DEPTH} levels`);
  if (!DOUBTFUL_ESCAPE.test(text)) return null;
  const pointers = findStrings((value) => value.includes('\0') || !value.isWellFormed(), body);
  return pointers.length === 0 ? null : invalid(pointers, 'must be Unicode text without NUL');
}

/** Level by level: recursion is what has to be kept from the body. */
function isTooDeep(body: unknown): boolean {
  let level = [body].filter(isObject);
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth === MAX_DEPTH) return true;
    level = level.flatMap((value) => Object.values(value)).filter(isObject);
  }
  return false;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function invalid(pointers: readonly string[], detail: string): RequestInvalid {
  return new RequestInvalid(pointers.map((pointer) => ({ pointer, detail })));
}
