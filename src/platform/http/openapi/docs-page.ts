import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

import type { NestFastifyApplication } from '@nestjs/platform-fastify';

import { openRoute } from '../../declarations/route-policy.js';
import { httpConfig } from '../server/http.config.js';
import { createOpenApi } from './openapi.js';

/** Swagger UI from the package, so that the page works without any other host. */
const assets: Readonly<Record<string, string>> = {
  'swagger-ui.css': 'text/css; charset=utf-8',
  'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
};

const PAGE = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>Cloud-native user API</title>
    <link rel="icon" href="data:," />
    <link rel="stylesheet" href="/docs/swagger-ui.css" />
  </head>
  <body>
    <div id="swagger-ui"></div>
    <script src="/docs/swagger-ui-bundle.js"></script>
    <script src="/docs/start.js"></script>
  </body>
</html>
`;

const START = `SwaggerUIBundle({
  url: '/openapi.json',
  dom_id: '#swagger-ui',
  deepLinking: true,
  tryItOutEnabled: true,
  persistAuthorization: false,
  validatorUrl: null,
});
`;

/** Only resources of the page itself; Swagger UI sets styles and uses icons from data URLs. */
const CONTENT_SECURITY_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/**
 * Serves `/openapi.json` and the page `/docs`. Both are created at the first request, to keep the
 * start fast.
 */
export function serveDocs(app: NestFastifyApplication): void {
  if (!httpConfig().docs) return;
  const server = app.getHttpAdapter().getInstance();
  const folder = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));
  const page = openRoute({ priority: 'read' });
  const asset = openRoute({ priority: 'read', cache: 'public, max-age=86400' });
  let description: string | undefined;

  server.get('/openapi.json', page, (_request, reply) =>
    reply
      .type('application/json; charset=utf-8')
      .send((description ??= JSON.stringify(createOpenApi(app)))),
  );
  for (const path of ['/docs', '/docs/']) {
    server.get(path, page, (_request, reply) =>
      reply
        .header('content-security-policy', CONTENT_SECURITY_POLICY)
        .type('text/html; charset=utf-8')
        .send(PAGE),
    );
  }
  server.get('/docs/start.js', page, (_request, reply) =>
    reply.type('text/javascript; charset=utf-8').send(START),
  );
  for (const [file, type] of Object.entries(assets)) {
    server.get(`/docs/${file}`, asset, async (_request, reply) =>
      reply.type(type).send(await readFile(join(folder, file))),
    );
  }
}
