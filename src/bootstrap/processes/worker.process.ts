import { AppModule } from './app.module.js';
import { startProcess } from './http-process.js';
import { workerSections } from '../config-sections.js';
import { httpConfig } from '../../platform/http/server/http.config.js';
import type { EndSignals } from '../lifecycle/end-signals.js';

/** The job consumer: no routes but probes. */
export async function runWorker(signals: EndSignals): Promise<void> {
  const running = await startProcess(
    signals,
    'worker',
    workerSections,
    (foundation) => AppModule.forWorker(foundation),
    () => undefined,
  );
  if (running === undefined) return;
  const { logger, database, url } = running;
  logger.info(
    {
      logger: 'main',
      url,
      host: httpConfig().host,
      port: Number(new URL(url).port),
      data: database.location,
    },
    `consuming jobs, probes on ${url}, data in ${database.location}`,
  );
}
