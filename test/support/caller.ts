/** An answer, with its body already read. */
export interface Answer<Body = Record<string, unknown>> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
  readonly text: string;
}

type GivenHeaders = Readonly<Record<string, string>>;

export interface RequestOptions {
  readonly method?: string;
  /** Sent as JSON; text is sent as it is. */
  readonly body?: unknown;
  readonly headers?: GivenHeaders;
}

export const API_KEY = 'test-api-key-of-more-than-32-bytes!!';

/** Headers of another service of ours. */
export const asService = { 'x-api-key': API_KEY };

export const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

/**
 * Who sends a request: `service`, which has the key of `API_KEY`, the holder of another API key, a user with a session,
 * or an access token.
 */
export type Principal =
  string | { readonly key: string } | { readonly tokens: { readonly access_token: string } };

/** Sends requests, anonymously or as one principal. */
export interface Caller {
  get<Body = Record<string, unknown>>(path: string, headers?: GivenHeaders): Promise<Answer<Body>>;
  delete<Body = Record<string, unknown>>(
    path: string,
    headers?: GivenHeaders,
  ): Promise<Answer<Body>>;
  post<Body = Record<string, unknown>>(
    path: string,
    body?: unknown,
    headers?: GivenHeaders,
  ): Promise<Answer<Body>>;
  patch<Body = Record<string, unknown>>(
    path: string,
    body?: unknown,
    headers?: GivenHeaders,
  ): Promise<Answer<Body>>;
  /** What the verbs above do not cover. */
  request<Body = Record<string, unknown>>(
    path: string,
    options?: RequestOptions,
  ): Promise<Answer<Body>>;
  /** The same server, with a principal. */
  as(principal: Principal): Caller;
}

/** @param own headers that every request has, unless it gives its own. */
export function callerOf(url: string, own: GivenHeaders = {}): Caller {
  const send = <Body>(path: string, { headers, ...options }: RequestOptions = {}) =>
    request<Body>(`${url}${path}`, { ...options, headers: { ...own, ...headers } });
  return {
    get: (path, headers = {}) => send(path, { headers }),
    delete: (path, headers = {}) => send(path, { method: 'DELETE', headers }),
    post: (path, body, headers = {}) => send(path, { method: 'POST', body, headers }),
    patch: (path, body, headers = {}) => send(path, { method: 'PATCH', body, headers }),
    request: send,
    as: (principal) => callerOf(url, { ...own, ...credentials(principal) }),
  };
}

function credentials(principal: Principal): GivenHeaders {
  if (principal === 'service') return asService;
  if (typeof principal === 'string') return bearer(principal);
  return 'key' in principal
    ? { 'x-api-key': principal.key }
    : bearer(principal.tokens.access_token);
}

/** Sends one request. */
export async function request<Body>(
  url: string,
  { method = 'GET', body, headers = {} }: RequestOptions = {},
): Promise<Answer<Body>> {
  const json = body !== undefined && typeof body !== 'string';
  const response = await fetch(url, {
    method,
    headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
    ...(body !== undefined && { body: json ? JSON.stringify(body) : body }),
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    text,
    body: parseBody(text) as Body,
  };
}

function parseBody(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}
