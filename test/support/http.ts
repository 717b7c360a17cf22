import { once } from 'node:events';
import { connect } from 'node:net';

import type { Answer } from './caller.js';

export const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

const PROBLEM_KEYS = [
  'type',
  'title',
  'status',
  'detail',
  'instance',
  'code',
  'request_id',
  'trace_id',
];

/** A fault of the input as problem documents name it. */
export interface Fault {
  readonly pointer: string;
  readonly detail: string;
}

/**
 * Asserts that an answer is a problem document in every respect.
 * @param members its further members. @returns its faults.
 */
export function expectProblem(
  answer: Answer<unknown>,
  status: number,
  code: string,
  members: readonly string[] = [],
): Fault[] {
  const { errors, ...problem } = answer.body as Record<string, unknown>;
  expect({ status: answer.status, code: problem['code'] }).toEqual({ status, code });
  expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
  expect(Object.keys(problem)).toEqual([...PROBLEM_KEYS, ...members]);
  expect(problem).toMatchObject({ type: `urn:problem:${code}`, status });
  expect(problem['request_id']).toBe(answer.headers.get('x-request-id'));
  expect(problem['trace_id']).toMatch(/^[0-9a-f]{32}$/);
  if (status === 400 && code === 'request.invalid') expect(errors).not.toHaveLength(0);
  return (errors ?? []) as Fault[];
}

/** The pointers of faults, sorted. */
export function pointers(faults: readonly Fault[]): string[] {
  return faults.map(({ pointer }) => pointer).toSorted();
}

/** Sends bytes on a connection of their own and returns all that comes back until it is closed. */
export async function rawExchange(url: string, bytes: string | Buffer): Promise<string> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  let answer = '';
  socket.setEncoding('utf8').on('data', (chunk: string) => (answer += chunk));
  socket.on('error', () => undefined);
  socket.write(bytes);
  await once(socket, 'close');
  return answer;
}
