import { applyDecorators, Controller, UseInterceptors } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';

import type { RoutePolicy } from '../../../platform/declarations/route-policy.js';
import { PageInterceptor } from './page.interceptor.js';

/** A controller whose methods return a `PageAnswer`. Pages are not in the description of the API. */
export function PageController(path: string): ClassDecorator {
  return applyDecorators(
    Controller(path),
    ApiExcludeController(),
    UseInterceptors(PageInterceptor),
  );
}

/** The policy of a page that anybody may see. */
export const publicPage = {
  access: 'public',
  priority: 'read',
  page: true,
  exposure: 'public',
} as const satisfies RoutePolicy;

/** The policy of a page of one's own account. */
export const ownPage = { ...publicPage, access: 'account:own' } as const satisfies RoutePolicy;
