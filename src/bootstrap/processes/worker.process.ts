import { AppModule } from './app.module.js';
import { startProcess } from './http-process.js';
import { workerSections } from '../config-sections.js';
import type { EndSignals } from '../lifecycle/end-signals.js';

/** The job consumer: no routes but probes. */
export async function runWorker(signals: EndSignals): Promise<void> {
  const running = await startProcess(
    signals,
    'worker',
    workerSections,
    (foundation) => AppModule.forWorker(foundation),
    () => Promise.resolve(),
  );
  if (running === undefined) return;
  const { logger, fields } = running;
  logger.info(fields, `consuming jobs, probes on ${fields.url}, data in ${fields.data}`);
}
