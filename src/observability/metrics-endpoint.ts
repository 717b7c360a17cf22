import { createServer, type Server } from 'node:http';

import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Logger } from 'pino';

import type { MetricsPage } from './metrics-page.js';

/** `/metrics`, on the port of the application or on one of its own that only Prometheus reaches. */
export class MetricsEndpoint {
  private server: Server | undefined;

  constructor(
    private readonly page: MetricsPage,
    private readonly logger: Logger,
  ) {}

  /** @param settings `metricsPort` unset: a route of the application. Port 0 picks a free one. */
  async open(
    app: NestFastifyApplication,
    settings: { readonly host: string; readonly metricsPort: number | undefined },
  ): Promise<void> {
    if (settings.metricsPort === undefined) this.addRoute(app);
    else await this.listen(settings.metricsPort, settings.host);
  }

  async close(): Promise<void> {
    const { server } = this;
    if (!server) return;
    await new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  }

  private addRoute(app: NestFastifyApplication): void {
    const fastify = app.getHttpAdapter().getInstance();
    fastify.get('/metrics', async (request, reply) => {
      const { type, body } = await this.page.render(request.headers.accept);
      return reply.type(type).send(body);
    });
  }

  private async listen(port: number, host: string): Promise<void> {
    const server = createServer((request, response) => {
      if (request.method !== 'GET' || request.url?.split('?')[0] !== '/metrics') {
        response.writeHead(404).end();
        return;
      }
      this.page.render(request.headers.accept).then(
        ({ type, body }) => response.writeHead(200, { 'content-type': type }).end(body),
        () => response.writeHead(500).end(),
      );
    });
    this.server = server;
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject).listen(port, host, resolve);
    });
    const address = server.address();
    const bound = typeof address === 'object' && address !== null ? address.port : port;
    this.logger.info({ logger: 'metrics', port: bound }, `serving metrics on port ${bound}`);
  }
}
