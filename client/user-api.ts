import createClient, { type Client, type ClientOptions } from 'openapi-fetch';

import type { components, paths } from './schema.js';

/** A client of the API, typed by its description. */
export type UserApi = Client<paths>;

/** A named schema of the API: `Schema<'User'>`. */
export type Schema<Name extends keyof components['schemas']> = components['schemas'][Name];

/** What the API answers instead of a result: RFC 9457, with a stable `code`. */
export type Problem = Schema<'Problem'>;

/** A refusal of the API, as an error. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';

  constructor(readonly problem: Problem) {
    super(problem.detail ?? problem.title);
  }

  get code(): string {
    return this.problem.code;
  }

  get status(): number {
    return this.problem.status;
  }
}

/** A result, and the entity tag for `If-Match` where the API gives one. */
export interface Answer<Data> {
  readonly data: Data;
  readonly etag: string | undefined;
}

/**
 * A client of the API at `baseUrl`. Pass credentials as `headers` (`Authorization` or `X-API-Key`); in
 * a page of the service the session cookie is enough.
 */
export function createUserApi(options: ClientOptions): UserApi {
  return createClient<paths>(options);
}

/**
 * The result of a call: `await answerOf(api.GET('/users/me'))`.
 * @throws ApiProblem for a problem document, Error for an answer of something else on the way.
 */
export async function answerOf<Data>(
  call: Promise<{ data?: Data; error?: unknown; response: Response }>,
): Promise<Answer<Data>> {
  const { data, error, response } = await call;
  if (!response.ok)
    throw isProblem(error) ? new ApiProblem(error) : new Error(unexpected(response));
  return { data: data as Data, etag: response.headers.get('etag') ?? undefined };
}

/** The data alone. @throws as `answerOf` */
export async function dataOf<Data>(
  call: Promise<{ data?: Data; error?: unknown; response: Response }>,
): Promise<Data> {
  return (await answerOf(call)).data;
}

function isProblem(error: unknown): error is Problem {
  return typeof error === 'object' && error !== null && 'code' in error && 'status' in error;
}

function unexpected({ status }: Response): string {
  return `The service answered with status ${status} and no explanation.`;
}
