import type { FastifyInstance } from 'fastify';

import { decodeUtf8, NotUtf8 } from '../../../platform/common/utf8.js';
import { policyOf } from '../../../platform/declarations/route-policy.js';
import { RequestInvalid, UnsupportedMediaType } from '../../../platform/problems/problem.js';

/** Reads forms as browsers send them, on the routes of pages only: the API has JSON alone. */
export function acceptForms(server: FastifyInstance): void {
  server.addContentTypeParser<Buffer>(
    'application/x-www-form-urlencoded',
    { parseAs: 'buffer' },
    (request, bytes, done) => {
      if (policyOf(request)?.page !== true) return done(new UnsupportedMediaType());
      try {
        return done(null, Object.fromEntries(new URLSearchParams(textOf(bytes))));
      } catch (error) {
        return done(error as Error);
      }
    },
  );
}

/** @throws RequestInvalid where no browser of ours wrote it: PostgreSQL refuses NUL. */
function textOf(bytes: Buffer): string {
  try {
    const text = decodeUtf8(bytes);
    if (!text.includes('%00') && !text.includes('\0')) return text;
  } catch (error) {
    if (!(error instanceof NotUtf8)) throw error;
  }
  throw new RequestInvalid([{ pointer: '', detail: 'must be Unicode text without NUL' }]);
}
