import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';

import type { MetricsPage } from './metrics-page.js';

/** `/metrics`, on the port of the application or on one of its own that only Prometheus reaches. */
export class MetricsEndpoint {
  private own: FastifyInstance | undefined;

  constructor(
    private readonly page: MetricsPage,
    private readonly logger: Logger,
  ) {}

  /** Adds the route to a server. */
  addTo(server: FastifyInstance): void {
    server.get('/metrics', async (request, reply) => {
      const { type, body } = await this.page.render(request.headers.accept);
      return reply.type(type).send(body);
    });
  }

  /** Serves it by a server of its own. Port 0 picks a free one, which the log names. */
  async listen(server: FastifyInstance, port: number, host: string): Promise<void> {
    this.addTo(server);
    this.own = server;
    const url = await server.listen({ port, host });
    const bound = Number(new URL(url).port);
    this.logger.info({ logger: 'metrics', port: bound }, `serving metrics on port ${bound}`);
  }

  async close(): Promise<void> {
    const closed = this.own?.close();
    this.own?.server.closeAllConnections();
    await closed;
  }
}
