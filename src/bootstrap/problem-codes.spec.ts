import { featureContracts } from '../../test/support/feature-contracts.js';
import { problemType } from '../platform/problems/problem.js';
import { exampleProblem, problemSchema } from '../platform/problems/problem.schemas.js';
import { problems } from './declarations.module.js';

/** The statuses of all codes, as the contract has them. */
const contract: Record<string, number> = {
  ...featureContracts().problems,
  'request.invalid': 400,
  'auth.invalid-token': 400,
  'auth.unauthenticated': 401,
  'auth.invalid-credentials': 401,
  'auth.step-up-required': 401,
  'auth.factor-required': 401,
  'payments.declined': 402,
  'auth.csrf': 403,
  'auth.forbidden': 403,
  'request.not-found': 404,
  'users.not-found': 404,
  'users.email-taken': 409,
  'idempotency.in-flight': 409,
  'request.precondition-failed': 412,
  'request.too-large': 413,
  'request.unsupported-media-type': 415,
  'idempotency.mismatch': 422,
  'rate.limited': 429,
  internal: 500,
  'service.overloaded': 503,
  'dependency.unavailable': 503,
};

describe('problem codes', () => {
  it('are those of the contract, with its statuses, each declared once', () => {
    const declared = problems.map(({ code, status }) => `${code}: ${status}`);
    const agreed = Object.entries(contract).map((row) => row.join(': '));
    expect(declared.toSorted()).toEqual(agreed.toSorted());
  });

  it('have titles of their own and types that are URIs', () => {
    const titles = problems.map(({ title }) => title);
    expect(new Set(titles).size).toBe(titles.length);
    for (const { code } of problems) expect(URL.canParse(problemType(code))).toBe(true);
  });

  it('have examples that fit their schema', () => {
    const schema = problemSchema(problems).strict();
    for (const problem of problems)
      expect(schema.safeParse(exampleProblem(problem)).error).toBeUndefined();
  });
});
