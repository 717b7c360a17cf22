import { problemCodes, problemType } from './problem-codes.js';
import { problemDocument, problemSchema } from './problem.schemas.js';

/** The registry as the contract has it. */
const contract = {
  400: ['request.invalid', 'auth.invalid-token'],
  401: ['auth.unauthenticated', 'auth.invalid-credentials'],
  402: ['payments.declined'],
  403: ['auth.forbidden'],
  404: ['request.not-found', 'users.not-found'],
  409: ['users.email-taken', 'idempotency.in-flight'],
  412: ['request.precondition-failed'],
  413: ['request.too-large'],
  415: ['request.unsupported-media-type'],
  422: ['idempotency.mismatch'],
  429: ['rate.limited'],
  500: ['internal'],
  503: ['service.overloaded', 'dependency.unavailable'],
};

describe('problem codes', () => {
  it('match the contract, with statuses', () => {
    const registry = Map.groupBy(Object.entries(problemCodes), ([, { status }]) => status);
    const codes = [...registry].map(([status, entries]) => [status, entries.map(([code]) => code)]);
    expect(Object.fromEntries(codes)).toEqual(contract);
  });

  it('have unique titles and URIs as types', () => {
    const titles = Object.values(problemCodes).map(({ title }) => title);
    expect(new Set(titles).size).toBe(titles.length);
    for (const code of Object.keys(problemCodes) as (keyof typeof problemCodes)[])
      expect(URL.canParse(problemType(code))).toBe(true);
  });

  it('have examples that match their schema', () => {
    for (const code of Object.keys(problemCodes) as (keyof typeof problemCodes)[])
      expect(problemSchema.strict().safeParse(problemDocument.example(code)).error).toBeUndefined();
  });
});
