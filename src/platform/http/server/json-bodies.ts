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
 * Escapes of characters that UTF-8 cannot encode (a lone surrogate), or that PostgreSQL and bcrypt
 * reject (NUL). Only bodies with such escapes are searched.
 */
const DOUBTFUL_ESCAPE = /\\u(?:d[89a-f]|0000)/i;

/**
 * Makes a server read JSON bodies and no others.
 *
 * An empty body is valid with any content type, since many clients send the type with every
 * request. Routes that need a body report the missing fields.
 */
export function acceptJson(server: FastifyInstance): void {
  // Fastify has a default parser for plain text, which no route accepts: plain text is 415 like
  // everything except JSON.
  server.removeContentTypeParser('text/plain');
  // Prototype keys are invalid input like any other unknown field, and reported as such.
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

/** Checks for every body, independent of schemas. */
function faultOf(body: unknown, text: string): RequestInvalid | null {
  if (isTooDeep(body)) return invalid([''], `must not be nested deeper than ${MAX_DEPTH} levels`);
  if (!DOUBTFUL_ESCAPE.test(text)) return null;
  const pointers = findStrings((value) => value.includes('\0') || !value.isWellFormed(), body);
  return pointers.length === 0 ? null : invalid(pointers, 'must be Unicode text without NUL');
}

/** Level by level, since a deep body would break recursion. */
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
