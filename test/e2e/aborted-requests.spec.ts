import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

import { Client } from 'pg';

import { API_KEY } from '../support/caller.js';
import { ready } from '../support/ready.js';
import { type Api, testApi } from '../support/test-api.js';
import { waitFor } from '../support/wait-for.js';

const JSON_HEAD = 'Host: a\r\nContent-Type: application/json\r\n';
const UPLOAD = `POST /users HTTP/1.1\r\n${JSON_HEAD}Content-Length: 90\r\n\r\n{"email":"`;
const LOGIN = '{"email":"nobody@example.com","password":"violet-kettle-armada-7"}';
const SIGN_IN = `POST /auth/login HTTP/1.1\r\n${JSON_HEAD}Content-Length: ${LOGIN.length}\r\n\r\n${LOGIN}`;

describe('a request whose client disconnects', () => {
  let api: Api;

  beforeAll(async () => {
    api = await testApi()
      .withoutJobs()
      .start()
      .then(async (started) => {
        await ready(started);
        return started;
      });
  });

  afterAll(() => api?.stop());

  async function client(bytes: string): Promise<Socket> {
    const { hostname, port } = new URL(api.url);
    const socket = connect(Number(port), hostname);
    socket.on('error', () => undefined);
    await once(socket, 'connect');
    socket.write(bytes);
    return socket;
  }

  /** Makes sign-ins wait. @returns a function that releases them. */
  async function holdSignIns(): Promise<() => Promise<void>> {
    const holder = new Client({ connectionString: api.database.url });
    await holder.connect();
    await holder.query('BEGIN; LOCK TABLE sign_in_failures');
    return () => holder.end();
  }

  async function metrics() {
    const { text } = await api.get('/metrics', { 'x-api-key': API_KEY });
    const number = (pattern: RegExp) => Number(pattern.exec(text)?.[1] ?? 0);
    return {
      // One is the question itself.
      inFlight: number(/^active_connections (\d+)$/m) - 1,
      admitted: number(/^admission_inflight\{kind="requests"\} (\d+)$/m),
      passwords: number(/^admission_inflight\{kind="passwords"\} (\d+)$/m),
      closed: (endpoint: string) =>
        number(
          new RegExp(
            `^http_requests_total\\{[^}]*endpoint="${endpoint}"[^}]*status_code="499"[^}]*\\} (\\d+)$`,
            'm',
          ),
        ),
    };
  }

  it.each([
    ['in mid-body, by a reset', UPLOAD, '/users', 1, (socket: Socket) => socket.resetAndDestroy()],
    ['in mid-body, in order', UPLOAD, '/users', 1, (socket: Socket) => socket.destroy()],
    [
      'while it is worked on',
      SIGN_IN,
      '/auth/login',
      1,
      (socket: Socket) => socket.resetAndDestroy(),
    ],
    [
      'with another behind it',
      SIGN_IN + SIGN_IN,
      '/auth/login',
      2,
      (socket: Socket) => socket.resetAndDestroy(),
    ],
  ])(
    '%s, ends once: log line, count, admission',
    async (_name, bytes, endpoint, requests, leave) => {
      const before = await metrics();
      const from = api.logs.length;
      const release = await holdSignIns();
      const socket = await client(bytes);
      await waitFor('the requests', async () => (await metrics()).inFlight === requests);
      leave(socket);
      const after = await waitFor('the end', async () => {
        const now = await metrics();
        return now.inFlight === 0 && now;
      });
      await release();
      expect(after.closed(endpoint) - before.closed(endpoint)).toBe(requests);
      expect([after.admitted, after.passwords]).toEqual([0, 0]);
      const lines = await waitFor('a line for each', () => {
        const found = api.logs.slice(from).filter((line) => line['endpoint'] === endpoint);
        return found.length >= requests && found;
      });
      expect(lines.map(({ message, status_code }) => [message, status_code])).toEqual(
        Array.from({ length: requests }, () => ['request completed', 499]),
      );
      expect(lines.filter(({ request_id, trace_id }) => request_id && trace_id)).toHaveLength(
        requests,
      );
      expect(api.logs.slice(from).filter(({ level }) => level === 'ERROR')).toEqual([]);
    },
  );
});
