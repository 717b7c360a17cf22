import { resolve } from 'node:path';

import { allowFaults, answerFaults } from './app.faults.js';
import { AppModule } from './app.module.js';
import { startProcess } from './app.process.js';
import { authenticateCallers, recogniseServices } from './auth/authentication.hooks.js';
import { limitRates } from './auth/rate-limit.hooks.js';
import { allSections } from './config/areas.js';
import { appConfig } from './config/app.config.js';
import { emailConfig } from './config/email.config.js';
import { PublicUrl } from './email/public-url.js';
import { httpConfig } from './config/http.config.js';
import { jobsConfig } from './config/jobs.config.js';
import { limitsConfig } from './config/limits.config.js';
import { serveDocs } from './docs/docs.js';
import type { EndSignals } from './end-signals.js';
import { controlAdmission } from './overload/admission.hooks.js';
import { AdmissionControl } from './overload/admission-control.js';
import { ThreadPool } from './workers/thread-pool.js';

/** The API process. */
export async function runApi(signals: EndSignals): Promise<void> {
  const running = await startProcess(
    signals,
    'api',
    allSections,
    (foundation) => AppModule.forApi(foundation, jobsConfig().inApi, limitsConfig().faultsEnabled),
    (app) => {
      const faults = limitsConfig().faultsEnabled;
      if (faults) allowFaults(app);
      if (limitsConfig().admissionControl)
        controlAdmission(
          app.getHttpAdapter().getInstance(),
          new AdmissionControl(app.get(ThreadPool)),
        );
      recogniseServices(app);
      limitRates(app);
      authenticateCallers(app);
      if (faults) answerFaults(app);
      if (httpConfig().docs) serveDocs(app);
    },
  );
  if (running === undefined) return;
  const { app, logger, database, url } = running;
  const port = Number(new URL(url).port);
  app.get(PublicUrl).listeningOn(port);
  const docs = httpConfig().docs ? `, docs on ${url}/docs` : '';
  const outbox =
    emailConfig().serviceUrl === undefined
      ? `, mails in ${resolve(appConfig().dataDir, 'outbox')}`
      : '';
  logger.info(
    {
      logger: 'main',
      url,
      host: httpConfig().host,
      port,
      data: database.location,
      ...(httpConfig().docs && { docs_url: `${url}/docs` }),
    },
    `serving the API on ${url}${docs}, data in ${database.location}${outbox}`,
  );
}
