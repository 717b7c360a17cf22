import type { IncomingHttpHeaders } from 'node:http';

import { Inject, Injectable } from '@nestjs/common';
import type { ConfigType } from '@nestjs/config';
import type { FastifyReply } from 'fastify';

import { pagesConfig } from './pages.config.js';

/**
 * Cookies of the pages: no script reads them, no foreign form sends them. Over HTTPS their names have
 * the prefix `__Host-`, so that no other host and no plain connection can set them (RFC 6265bis §4.1.3).
 */
@Injectable()
export class BrowserCookies {
  private readonly prefix: string;
  private readonly attributes: string;

  constructor(@Inject(pagesConfig.KEY) { secure }: ConfigType<typeof pagesConfig>) {
    this.prefix = secure ? '__Host-' : '';
    this.attributes = `Path=/; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`;
  }

  /** The first value of a cookie; undefined without one. */
  read({ cookie }: IncomingHttpHeaders, name: string): string | undefined {
    const start = `${this.prefix}${name}=`;
    const pair = cookie?.split(';').find((each) => each.trimStart().startsWith(start));
    return pair?.trim().slice(start.length) || undefined;
  }

  /**
   * Sets a cookie, instead of what the answer has set under this name so far.
   * @param maxAge seconds; without it, until the browser is closed.
   */
  set(reply: FastifyReply, name: string, value: string, maxAge?: number): void {
    const start = `${this.prefix}${name}=`;
    const others = [reply.getHeader('set-cookie') ?? []].flat().map(String);
    const age = maxAge === undefined ? '' : `; Max-Age=${maxAge}`;
    // Fastify adds to this header, and does not replace it.
    void reply
      .removeHeader('set-cookie')
      .header('set-cookie', [
        ...others.filter((each) => !each.startsWith(start)),
        `${start}${value}; ${this.attributes}${age}`,
      ]);
  }

  clear(reply: FastifyReply, name: string): void {
    this.set(reply, name, '', 0);
  }
}
