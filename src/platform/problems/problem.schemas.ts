import { z } from 'zod';

import { type ProblemClass, type ProblemDocument, problemType } from './problem.js';

/** RFC 9457 problem details as this service answers them, with the codes of the given problems. */
export const problemSchema = (problems: readonly ProblemClass[]) =>
  z
    .object({
      type: z.string().describe('URI of the kind of problem'),
      title: z.string(),
      status: z.int(),
      detail: z.string().describe('What happened, for people'),
      instance: z.string().describe('Path of the request'),
      code: z.enum(problems.map(({ code }) => code)),
      request_id: z.string(),
      trace_id: z.string(),
      errors: z
        .array(z.object({ pointer: z.string(), detail: z.string() }))
        .optional()
        .describe(
          'Every bad field: an RFC 6901 pointer into the body, `query/<name>` or `path/<name>`',
        ),
      ...Object.assign({}, ...problems.map(({ members }) => members?.partial().shape)),
    })
    .meta({ id: 'Problem' });

/** An example for the API description. */
export function exampleProblem({ code, status, title, members }: ProblemClass): ProblemDocument {
  return {
    type: problemType(code),
    title,
    status,
    detail: title,
    instance: '/users',
    code,
    request_id: '6d2f5c1e-3f0e-4d55-9d0a-0c6f3e0a7f11',
    trace_id: '4bf92f3577b34da6a3ce929d0e0e4736',
    ...(code === 'request.invalid' && {
      errors: [{ pointer: '/email', detail: 'must be an e-mail address' }],
    }),
    ...(members && examplesOf(members)),
  };
}

function examplesOf({ shape }: z.ZodObject): object {
  return Object.fromEntries(
    Object.entries(shape as Record<string, z.ZodType>).map(([name, field]) => {
      const { examples } = field.meta() as { examples: readonly unknown[] };
      return [name, examples[0]];
    }),
  );
}
