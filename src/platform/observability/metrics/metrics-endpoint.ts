import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';

import { openRoute } from '../../declarations/route-policy.js';
import type { MetricsPage } from './metrics-page.js';

/** `/metrics`, on the port of the application or on a separate port for Prometheus only. */
export class MetricsEndpoint {
  private own: FastifyInstance | undefined;

  /** @param createServer creates the server for a separate port. */
  constructor(
    private readonly page: MetricsPage,
    private readonly logger: Logger,
    private readonly createServer: () => FastifyInstance,
  ) {}

  /** @param settings `metricsPort` unset: a route of the application. Port 0 picks a free one. */
  async open(
    app: NestFastifyApplication,
    settings: { readonly host: string; readonly metricsPort: number | undefined },
  ): Promise<void> {
    const { host, metricsPort: port } = settings;
    if (port === undefined) return this.addTo(app.getHttpAdapter().getInstance());
    this.own = this.createServer();
    this.addTo(this.own);
    const bound = Number(new URL(await this.own.listen({ port, host })).port);
    this.logger.info({ logger: 'metrics', host, port: bound }, `serving metrics on port ${bound}`);
  }

  async close(): Promise<void> {
    const closed = this.own?.close();
    this.own?.server.closeAllConnections();
    await closed;
  }

  private addTo(server: FastifyInstance): void {
    const options = openRoute({ priority: 'never-refused', probe: true });
    server.get('/metrics', options, async (request, reply) => {
      const { type, body } = await this.page.render(request.headers.accept);
      return reply.type(type).send(body);
    });
  }
}
