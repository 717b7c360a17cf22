import type { ProblemClass } from './problem.js';
import { exampleProblem } from './problem.schemas.js';

const seconds = { schema: { type: 'integer' as const } };
const RETRY_AFTER = {
  'Retry-After': { description: 'Seconds until trying again helps', ...seconds },
};

/** Headers of refusals, by status. */
const problemHeaders: Readonly<Record<number, Record<string, object>>> = {
  409: RETRY_AFTER,
  429: {
    ...RETRY_AFTER,
    'RateLimit-Policy': {
      description: 'Quota `q` per window of `w` seconds, for each policy of the route',
      schema: { type: 'string' as const },
    },
    RateLimit: {
      description:
        'Requests left (`r`) and seconds until the window ends (`t`); on limited routes always',
      schema: { type: 'string' as const },
    },
  },
  503: RETRY_AFTER,
};

/** Where `ApiResponse` keeps the answers of a handler, by status. */
const RESPONSES = 'swagger/apiResponse';
/** The problems that the decorators of a handler have declared so far. */
const DECLARED = Symbol('declared problems');

/** Declares problems that a route can answer with, beside those that other decorators of it declare. */
export function Problems(...problems: readonly ProblemClass[]): MethodDecorator {
  return (_target, _key, descriptor) => {
    const handler = descriptor.value as object;
    const all = new Set([...declaredProblems(handler), ...problems]);
    Reflect.defineMetadata(DECLARED, all, handler);
    // Not by `ApiResponse`: it joins the descriptions of a status, and forgets the examples of the first.
    const responses = Reflect.getMetadata(RESPONSES, handler) as object | undefined;
    Reflect.defineMetadata(RESPONSES, { ...responses, ...problemResponses(all) }, handler);
  };
}

function declaredProblems(handler: object): ReadonlySet<ProblemClass> {
  return (Reflect.getMetadata(DECLARED, handler) as Set<ProblemClass> | undefined) ?? new Set();
}

function problemResponses(problems: ReadonlySet<ProblemClass>): Record<number, object> {
  const byStatus = Map.groupBy(problems, ({ status }) => status);
  return Object.fromEntries(
    [...byStatus].map(([status, those]) => [
      status,
      {
        description: those.map(({ code, title }) => `\`${code}\`: ${title}`).join('; '),
        ...(problemHeaders[status] && { headers: problemHeaders[status] }),
        content: {
          'application/problem+json': {
            schema: { $ref: '#/components/schemas/Problem' },
            examples: Object.fromEntries(
              those.map((each) => [each.code, { value: exampleProblem(each) }]),
            ),
          },
        },
      },
    ]),
  );
}
