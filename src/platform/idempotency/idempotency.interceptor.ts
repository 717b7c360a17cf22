import {
  type CallHandler,
  type ExecutionContext,
  Inject,
  Injectable,
  type NestInterceptor,
} from '@nestjs/common';
import type { ConfigType } from '@nestjs/config';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { lastValueFrom, type Observable, of } from 'rxjs';

import { deriveKeys } from '../common/derived-keys.js';
import { type ProblemDocument, ProblemError, RateLimited } from '../problems/problem.js';
import { toDocument } from '../http/server/problem.filter.js';
import { currentRequest } from '../common/request/request-context.js';
import { authConfig } from '../http/access/auth.config.js';
import { UnitOfWork } from '../database/transactions/unit-of-work.js';
import type { Attempt } from './attempt.js';
import { IdempotencyKeys } from './idempotency-keys.js';
import { IdempotencyInFlight } from './idempotency.errors.js';
import { KeySettlement, type StoredAnswer } from './key-settlement.js';
import {
  fingerprint,
  idempotencyKey,
  type KeyedRequest,
  scopeOf,
  withCanonicalIds,
} from './keyed-request.js';

/** Headers that are stored with an answer; all others are set for each response. */
const KEPT_HEADERS = ['etag', 'location'];

/** Temporary refusals, like those from 500 on: a retry must run again. */
const PASSING = new Set([RateLimited.code, IdempotencyInFlight.code]);

/** Runs a request with an `Idempotency-Key` once, and repeats its answer afterwards. */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  private readonly secrets: readonly Buffer[];

  constructor(
    private readonly keys: IdempotencyKeys,
    private readonly settlement: KeySettlement,
    @Inject(authConfig.KEY) { jwtSecrets }: ConfigType<typeof authConfig>,
  ) {
    this.secrets = deriveKeys(jwtSecrets, 'idempotency');
  }

  async intercept(execution: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const http = execution.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    const key = idempotencyKey(request.headers['idempotency-key']);
    if (key === undefined) return next.handle();
    const turn = await this.keys.begin(this.identify(request, key));
    if ('attempt' in turn) return of(await this.perform(turn.attempt, request, reply, next));
    const { status, headers, body } = turn.answer;
    void reply.status(status).headers(headers);
    if (status >= 400 && body !== null)
      request.problemCode = (JSON.parse(body) as ProblemDocument).code;
    if (body === null) return of(undefined);
    void reply.header('content-type', contentType(status));
    return of(body);
  }

  private identify(
    { method, url, params, routeOptions, body }: FastifyRequest,
    key: string,
  ): KeyedRequest {
    const target = withCanonicalIds(url, Object.values(params as Record<string, string>));
    const [first, ...others] = this.secrets.map((secret) => fingerprint(secret, target, body));
    if (first === undefined) throw new Error('there is no secret to derive a key from');
    const scope = scopeOf(currentRequest(), method, routeOptions.url ?? '');
    return { scope, key, fingerprints: [first, ...others] };
  }

  private async perform(
    attempt: Attempt,
    request: FastifyRequest,
    reply: FastifyReply,
    next: CallHandler,
  ): Promise<unknown> {
    const unit = new UnitOfWork();
    let body: unknown;
    try {
      body = await unit.run(() => lastValueFrom(next.handle()));
    } catch (error) {
      await this.settle(attempt, unit, refusal(error, request));
      throw error;
    }
    await this.settle(attempt, unit, success(reply, body));
    return body;
  }

  /** Commits the work with its answer, or only the answer if there are no writes. */
  private async settle(attempt: Attempt, unit: UnitOfWork, answer?: StoredAnswer): Promise<void> {
    try {
      if (await unit.finish((manager) => this.settlement.settleWith(manager, attempt, answer)))
        return;
    } catch (error) {
      await this.settlement.settle(attempt);
      throw error;
    }
    await this.settlement.settle(attempt, answer);
  }
}

function success(reply: FastifyReply, body: unknown): StoredAnswer {
  const headers = Object.fromEntries(
    KEPT_HEADERS.flatMap((name) => {
      const value = reply.getHeader(name);
      return value === undefined ? [] : [[name, String(value)]];
    }),
  );
  return {
    status: reply.statusCode,
    headers,
    body: body === undefined ? null : JSON.stringify(body),
  };
}

/** The refusal that the filter will send; undefined for temporary failures. */
function refusal(error: unknown, request: FastifyRequest): StoredAnswer | undefined {
  if (!(error instanceof ProblemError) || error.status >= 500 || PASSING.has(error.code))
    return undefined;
  return {
    status: error.status,
    headers: { 'cache-control': 'no-store', ...error.headers },
    body: JSON.stringify(toDocument(error, request)),
  };
}

function contentType(status: number): string {
  return `application/${status < 400 ? 'json' : 'problem+json'}; charset=utf-8`;
}
