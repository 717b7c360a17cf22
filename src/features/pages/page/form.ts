import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';

import { bodyFields } from '../../../platform/common/request/body-fields.js';
import type { FormAnswer } from '../../../platform/routes/form-route.decorator.js';
import type { PageAnswer } from './page-answer.js';

/** The fields of a form as they were typed, or those of the query of an address. */
export type Form = Readonly<Record<string, string>>;

/** How a form of a page is answered. */
export type PageForm = FormAnswer<PageAnswer>;

/** Injects the fields of the form that was sent. */
export const FormFields = createParamDecorator((_: unknown, context: ExecutionContext) =>
  fieldsIn(context.switchToHttp().getRequest<FastifyRequest>().body),
);

/** Injects the fields of the query. */
export const QueryFields = createParamDecorator((_: unknown, context: ExecutionContext) =>
  fieldsIn(context.switchToHttp().getRequest<FastifyRequest>().query),
);

/** The texts of a form or a query. Lists and objects are not from a page of ours. */
export function fieldsIn(given: unknown): Form {
  return Object.fromEntries(
    Object.entries(bodyFields(given)).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    ),
  );
}

/** The named fields that are filled in: an empty field of a form counts as missing. */
export function fieldsOf(form: Form, ...names: readonly string[]): Form {
  return Object.fromEntries(
    names.flatMap((name) => (form[name] ? [[name, form[name]] as const] : [])),
  );
}
