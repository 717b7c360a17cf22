import type { NestFastifyApplication } from '@nestjs/platform-fastify';

import { acceptForms } from './form-bodies.js';
import { PageRenderer } from './page-renderer.js';
import { showProblemPages } from './problem-pages.js';

/** What pages need beside their routes: bodies of forms, and problems in HTML. */
export function servePages(app: NestFastifyApplication): void {
  const server = app.getHttpAdapter().getInstance();
  acceptForms(server);
  showProblemPages(server, app.get(PageRenderer));
}
