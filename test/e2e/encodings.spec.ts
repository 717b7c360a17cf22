import { gzipSync } from 'node:zlib';

import { type Answer, asService } from '../support/caller.js';
import { expectProblem, type Fault, rawExchange } from '../support/http.js';
import { sharedApi } from '../support/shared-api.js';
import type { RunningApi } from '../support/test-api.js';
import { operationsOf } from '../support/openapi.js';
import { uniqueEmail } from '../support/users.js';

const JSON_TYPE = { 'content-type': 'application/json' };
const ID = '019aad6c-0f7e-7cc0-9a55-6a1c1d2e3f40';
const NOT_UTF8 = 'is not UTF-8';

describe('bytes of clients', () => {
  let api: RunningApi;
  let taking: { method: string; path: string }[];

  beforeAll(async () => {
    api = await sharedApi();
    const { body } = await api.get<Parameters<typeof operationsOf>[0]>('/openapi.json');
    taking = operationsOf(body).flatMap(({ method, path, operation }) =>
      'requestBody' in operation
        ? [{ method: method.toUpperCase(), path: path.replace(/{\w+}/g, ID) }]
        : [],
    );
  });

  async function send(
    { method, path }: { method: string; path: string },
    body: Buffer | string,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const response = await fetch(`${api.url}${path}`, {
      method,
      body,
      headers: { ...JSON_TYPE, ...headers },
    });
    const text = await response.text();
    const { status } = response;
    return { status, headers: response.headers, text, body: text ? JSON.parse(text) : {} };
  }

  /** What every route that takes a body answers to one. */
  async function everywhere(body: Buffer | string, headers = {}): Promise<Answer[]> {
    expect(taking.length).toBeGreaterThan(8);
    return Promise.all(taking.map((operation) => send(operation, body, headers)));
  }

  function expectInvalid(answers: Answer[], fault: Fault): void {
    for (const answer of answers)
      expect(expectProblem(answer, 400, 'request.invalid')).toContainEqual(fault);
  }

  it('that are not UTF-8 are refused by every route, with a pointer to them', async () => {
    const answers = await everywhere(
      Buffer.from('{"password":"caf\xe9 caf\xe9 caf\xe9"}', 'latin1'),
    );
    expectInvalid(answers, { pointer: '/password', detail: NOT_UTF8 });
  });

  it('never make different texts equal', async () => {
    const email = uniqueEmail();
    const body = (byte: string) =>
      Buffer.from(
        `{"email":"${email}","name":"L","password":"caf${byte} caf${byte} caf${byte}"}`,
        'latin1',
      );
    const users = { method: 'POST', path: '/users' };
    expectInvalid([await send(users, body('\xe9'))], { pointer: '/password', detail: NOT_UTF8 });
    expect((await send(users, body('\xc3\xa9'))).status).toBe(201);
    const login = { method: 'POST', path: '/auth/login' };
    const claim = (password: string) =>
      Buffer.from(`{"email":"${email}","password":"${password}"}`, 'latin1');
    expectInvalid([await send(login, claim('caf\xf6 caf\xf6 caf\xf6'))], {
      pointer: '/password',
      detail: NOT_UTF8,
    });
    expect((await send(login, claim('caf\ufffd'))).status).toBe(400);
    expect((await send(login, claim('caf\xc3\xa9 caf\xc3\xa9 caf\xc3\xa9'))).status).toBe(200);
  });

  it.each([
    ['a high half of a surrogate pair', '\\ud800'],
    ['a low half', 'a\\uDFFFb'],
    ['NUL', 'a\\u0000a'],
  ])('that spell %s are refused by every route', async (_name, escape) => {
    const detail = 'must be Unicode text without NUL';
    expectInvalid(await everywhere(`{"token":"${escape}"}`), { pointer: '/token', detail });
    expectInvalid(await everywhere(`{"x":{"${escape}":1}}`), { pointer: '/x', detail });
  });

  it('that escape a complete surrogate pair are one character', async () => {
    const answer = await send(
      { method: 'POST', path: '/users' },
      `{"email":"${uniqueEmail()}","name":"\\ud83e\\udd8a"}`,
    );
    expect(answer.body).toMatchObject({ name: '🦊' });
  });

  it('may begin with a byte-order mark', async () => {
    const answer = await send(
      { method: 'POST', path: '/users' },
      `\u{FEFF}{"email":"${uniqueEmail()}","name":"B"}`,
    );
    expect(answer.status).toBe(201);
  });

  it.each(['iso-8859-1', 'utf-16', '"latin1"', "'utf-8'", '', 'utf-8; charset=latin1', 'utf-80'])(
    'in charset=%s are 415 everywhere',
    async (charset) => {
      const answers = await everywhere('{}', {
        'content-type': `application/json; charset=${charset}`,
      });
      for (const answer of answers) expectProblem(answer, 415, 'request.unsupported-media-type');
    },
  );

  it.each(['utf-8', 'UTF-8', '"utf-8"', 'utf8', 'utf-8; version=1'])(
    'in charset=%s are read',
    async (charset) => {
      const type = { 'content-type': `application/json;charset=${charset}` };
      expectProblem(
        await send({ method: 'POST', path: '/users' }, '{}', type),
        400,
        'request.invalid',
      );
    },
  );

  it.each(['gzip', 'br', 'x', 'identity, gzip'])(
    'with Content-Encoding: %s are 415 everywhere',
    async (encoding) => {
      const answers = await everywhere(gzipSync('{}'), { 'content-encoding': encoding });
      for (const answer of answers) {
        expectProblem(answer, 415, 'request.unsupported-media-type');
        expect(answer.headers.get('accept-encoding')).toBe('identity');
      }
    },
  );

  it('with Content-Encoding: identity are read', async () => {
    const answer = await send({ method: 'POST', path: '/users' }, '{}', {
      'content-encoding': 'Identity',
    });
    expectProblem(answer, 400, 'request.invalid');
  });

  it.each([
    ['/users?q=%ff', 'query/q'],
    ['/users?q=a&email=%C3', 'query/email'],
    ['/users?q=%ed%a0%80', 'query/q'],
    ['/users?q=100%', 'query/q'],
    ['/users?%ff=1', 'query/%ff'],
    ['/users?q=caf\xe9', ''],
    ['/users?q=a?b%fe', 'query/q'],
    ['/users/caf\xe9', ''],
    ['/users/%ff', 'path'],
  ])('of the target %j are refused where they are no UTF-8', async (target, pointer) => {
    const answer = await rawExchange(
      api.url,
      Buffer.from(
        `GET ${target} HTTP/1.1\r\nHost: a\r\nX-API-Key: ${asService['x-api-key']}\r\nConnection: close\r\n\r\n`,
        'latin1',
      ),
    );
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    const [, text = ''] = answer.split('\r\n\r\n');
    const problem = JSON.parse(text) as { code: string; errors: Fault[] };
    expect(problem.code).toBe('request.invalid');
    expect(problem.errors.map((fault) => fault.pointer)).toEqual([pointer]);
  });

  it('of a UTF-8 request target are decoded', async () => {
    for (const [query, status] of [
      ['q=caf%C3%A9', 200],
      ['q=%20a+b&&limit=%31', 200],
      ['', 200],
    ] as const)
      expect([query, (await api.as('service').get(`/users?${query}`)).status]).toEqual([
        query,
        status,
      ]);
  });
});
