import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';

import { BrowserCookies } from '../../../platform/http/browser/browser-cookies.js';
import { fieldsIn } from '../page/form.js';
import { wantedPath } from '../page/own-path.js';
import { CONSOLE_COOKIE } from './visit.js';

const CONSOLE = '/console';

const IN_CONSOLE = /^\/console([/?#]|$)/;

/**
 * In characters, each of which takes up to three in the cookie: browsers drop a cookie over 4,096 bytes
 * (RFC 6265bis §5.7).
 */
const LONGEST_PLACE = 1_000;

/** Remembers from where in the console somebody came to the pages of their account. */
@Injectable()
export class ConsolePlace {
  constructor(private readonly cookies: BrowserCookies) {}

  /** The path to go back to; undefined for who did not come from the console, or may not use it. */
  of(request: FastifyRequest, reply: FastifyReply): string | undefined {
    if (!isSuperuser(request) || !hasConsole(request)) return undefined;
    const { query, headers } = request;
    const given = placeIn(fieldsIn(query)['next']);
    if (given === undefined) return placeIn(decoded(this.cookies.read(headers, CONSOLE_COOKIE)));
    this.cookies.set(reply, CONSOLE_COOKIE, encodeURIComponent(given));
    return given;
  }
}

/** Also before their second factor. */
function isSuperuser({ current }: FastifyRequest): boolean {
  const principal = current?.principal;
  if (principal?.kind !== 'user') return false;
  return (principal.withheldRole ?? principal.role) === 'superuser';
}

/** Whether this process serves the console. */
function hasConsole({ server }: FastifyRequest): boolean {
  return server.hasRoute({ method: 'GET', url: CONSOLE });
}

/** The start of the console for a place that is too long to remember. */
function placeIn(wanted: string | undefined): string | undefined {
  const path = wantedPath(wanted);
  if (path === undefined || !IN_CONSOLE.test(path)) return undefined;
  return path.length > LONGEST_PLACE ? CONSOLE : path;
}

/** Undefined for a value that is not one of ours. */
function decoded(value = ''): string | undefined {
  try {
    return decodeURIComponent(value);
  } catch {
    return undefined;
  }
}
