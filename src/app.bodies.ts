import type { FastifyInstance } from 'fastify';

import { RequestInvalid } from './common/problem.js';

/**
 * Levels of arrays and objects in a body: far more than any of ours has, and few enough for
 * whatever walks through it by recursion, as `JSON.stringify` does.
 */
const MAX_DEPTH = 32;

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
  server.addContentTypeParser<string>(
    'application/json',
    { parseAs: 'string' },
    (request, text, done) => {
      if (text === '') return done(null);
      return parse(request, text, (error, body) =>
        error === null && isTooDeep(body) ? done(tooDeep()) : done(error, body),
      );
    },
  );
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

function tooDeep(): RequestInvalid {
  return new RequestInvalid([
    { pointer: '', detail: `must not be nested deeper than ${MAX_DEPTH} levels` },
  ]);
}
