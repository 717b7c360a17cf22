import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';

import { BrowserCookies } from '../../../platform/http/browser/browser-cookies.js';
import { fieldsIn } from '../page/form.js';
import { wantedPath } from '../page/own-path.js';
import { CONSOLE_COOKIE } from './visit.js';

const CONSOLE = /^\/console([/?#]|$)/;

/** Remembers from where in the console somebody came to the pages of their account. */
@Injectable()
export class ConsolePlace {
  constructor(private readonly cookies: BrowserCookies) {}

  /** The path to go back to; undefined for who did not come from the console. */
  of({ query, headers }: FastifyRequest, reply: FastifyReply): string | undefined {
    const given = placeIn(fieldsIn(query)['next']);
    if (given === undefined) return placeIn(decoded(this.cookies.read(headers, CONSOLE_COOKIE)));
    this.cookies.set(reply, CONSOLE_COOKIE, encodeURIComponent(given));
    return given;
  }
}

function placeIn(wanted: string | undefined): string | undefined {
  const path = wantedPath(wanted);
  return path !== undefined && CONSOLE.test(path) ? path : undefined;
}

/** Undefined for a value that is not one of ours. */
function decoded(value = ''): string | undefined {
  try {
    return decodeURIComponent(value);
  } catch {
    return undefined;
  }
}
