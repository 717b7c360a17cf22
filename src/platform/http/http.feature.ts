import type { Grantee } from '../declarations/access.js';
import { accessConfig } from './access/access.config.js';
import { authConfig } from './access/auth.config.js';
import { CsrfRefused } from './browser/csrf.js';
import { pagesConfig } from './browser/pages.config.js';
import { defineFeature } from '../declarations/feature.js';
import { admitByCapacity } from './limits/capacity.hooks.js';
import { limitsConfig } from './limits/limits.config.js';
import { limitRates } from './limits/rate-limit.hooks.js';
import { serveDocs } from './openapi/docs-page.js';
import {
  DependencyUnavailable,
  Forbidden,
  InternalError,
  Overloaded,
  PreconditionFailed,
  RateLimited,
  RequestInvalid,
  RequestTooLarge,
  ResourceNotFound,
  StepUpRequired,
  Unauthenticated,
  UnsupportedMediaType,
} from '../problems/problem.js';
import { httpConfig } from './server/http.config.js';

const actions = {
  public: ['public'],
} as const satisfies Record<string, readonly Grantee[]>;

declare module '../declarations/access.js' {
  interface Actions extends Record<keyof typeof actions, true> {}
}

export const http = defineFeature({
  name: 'http',
  about: 'The HTTP server: access, rate limits, validation, problems, the API description.',
  actions,
  hooks: { admission: admitByCapacity, 'rate-limits': limitRates, pages: serveDocs },
  problems: [
    RequestInvalid,
    Unauthenticated,
    StepUpRequired,
    Forbidden,
    CsrfRefused,
    ResourceNotFound,
    PreconditionFailed,
    RequestTooLarge,
    UnsupportedMediaType,
    RateLimited,
    InternalError,
    Overloaded,
    DependencyUnavailable,
  ],
  config: [httpConfig, pagesConfig, accessConfig, authConfig, limitsConfig],
  logFields: {
    docs_url: 'Address of the API page',
  },
});
