import {
  type CallHandler,
  type ExecutionContext,
  Injectable,
  type NestInterceptor,
} from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { mergeMap, type Observable } from 'rxjs';

import { BrowserCookies } from '../../../platform/http/browser/browser-cookies.js';
import type { Data, PageAnswer } from '../page/page-answer.js';
import { PageRenderer } from './page-renderer.js';
import { visitOf } from './visit.js';

/** Turns the answers of page handlers into HTML, redirects and cookies, and JSON for scripts. */
@Injectable()
export class PageInterceptor implements NestInterceptor<PageAnswer | Data, string | object> {
  constructor(
    private readonly cookies: BrowserCookies,
    private readonly renderer: PageRenderer,
  ) {}

  intercept(
    context: ExecutionContext,
    next: CallHandler<PageAnswer | Data>,
  ): Observable<string | object> {
    const http = context.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    request.visit = visitOf(request, (name) => this.cookies.read(request.headers, name));
    return next.handle().pipe(mergeMap((answer) => this.answer(answer, request, reply)));
  }

  private async answer(
    answer: PageAnswer | Data,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<string | object> {
    void reply.status(answer.status);
    if ('data' in answer) return answer.data;
    for (const { name, value, maxAge } of answer.cookies ?? []) {
      if (value === undefined) this.cookies.clear(reply, name);
      else this.cookies.set(reply, name, value, maxAge);
    }
    if ('content' in answer) return this.renderer.render(answer, request, reply);
    void reply.header('location', answer.location);
    return '';
  }
}
