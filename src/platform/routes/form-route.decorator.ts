import {
  applyDecorators,
  type CallHandler,
  type ExecutionContext,
  Injectable,
  type NestInterceptor,
  UseInterceptors,
} from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyContextConfig, FastifyRequest } from 'fastify';
import { mergeMap, type Observable } from 'rxjs';

import type { RoutePolicy } from '../declarations/route-policy.js';
import { DependencyUnavailable, ProblemError } from '../problems/problem.js';

/** How a form is answered. Nothing of it is done before `FormRoute` has looked at the rate limits. */
export interface FormAnswer<Answer> {
  /** Does what the form asks for. */
  readonly work: () => Promise<Answer>;
  /** Shows the form once more, with what is wrong. */
  readonly again: (problem: ProblemError) => Answer | Promise<Answer>;
}

type FormHandler = (...args: never[]) => FormAnswer<unknown>;

/**
 * Declares a route that takes a form, and that tells of a reached rate limit in the form, so that nothing typed is
 * lost. Its handler must do nothing itself: it returns what is to be done, which is not done while a limit is reached.
 */
export function FormRoute(policy: RoutePolicy) {
  return <Handler extends FormHandler>(
    controller: object,
    name: string | symbol,
    method: TypedPropertyDescriptor<Handler>,
  ): void =>
    applyDecorators(
      RouteConfig({ policy, form: true } satisfies FastifyContextConfig),
      UseInterceptors(FormInterceptor),
    )(controller, name, method);
}

/** Answers forms, see `FormRoute`. */
@Injectable()
export class FormInterceptor<Answer> implements NestInterceptor<FormAnswer<Answer>, Answer> {
  intercept(context: ExecutionContext, next: CallHandler<FormAnswer<Answer>>): Observable<Answer> {
    const { limitReached } = context.switchToHttp().getRequest<FastifyRequest>();
    const answer = async (form: FormAnswer<Answer>) =>
      limitReached ? form.again(limitReached) : workOrAgain(form);
    return next.handle().pipe(mergeMap(answer));
  }
}

/** Does the work. What is wrong is told in the form; problems of the service itself have a page of their own. */
export async function workOrAgain<Answer>({ work, again }: FormAnswer<Answer>): Promise<Answer> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof ProblemError) || error instanceof DependencyUnavailable) throw error;
    if (error.status >= 500) throw error;
    return again(error);
  }
}
