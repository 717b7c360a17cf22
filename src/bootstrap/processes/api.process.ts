import { resolve } from 'node:path';

import { type Feature, hookStages } from '../../platform/declarations/feature.js';
import { AppModule } from './app.module.js';
import { startProcess } from './http-process.js';
import { sections } from '../config-sections.js';
import { features } from '../features.js';
import { appConfig } from '../../platform/app/app.config.js';
import { emailConfig } from '../../platform/mail/email.config.js';
import { PublicUrl } from '../../platform/mail/messages/public-url.js';
import { httpConfig } from '../../platform/http/server/http.config.js';
import { jobsConfig } from '../../platform/jobs/jobs.config.js';
import { console } from '../../features/console/console.feature.js';
import { pages } from '../../features/pages/pages.feature.js';
import type { EndSignals } from '../lifecycle/end-signals.js';

/** The API process. */
export async function runApi(signals: EndSignals): Promise<void> {
  const switchedOn = () => features.filter(isOn);
  const running = await startProcess(
    signals,
    'api',
    sections,
    (foundation) => AppModule.forApi(foundation, jobsConfig().inApi, switchedOn()),
    async (app) => {
      for (const stage of hookStages)
        for (const { hooks } of switchedOn()) await hooks?.[stage]?.(app);
    },
  );
  if (running === undefined) return;
  const { app, logger, fields } = running;
  const { url, port, data } = fields;
  app.get(PublicUrl).listeningOn(port);
  const docs = httpConfig().docs ? `${url}/docs` : undefined;
  const places = {
    docs,
    pages: isOn(pages) && `${url}/`,
    console: isOn(console) && `${url}/console`,
  };
  const said = Object.entries(places).flatMap(([name, place]) =>
    place ? [`${name} on ${place}`] : [],
  );
  const outbox =
    emailConfig().serviceUrl === undefined
      ? [`mails in ${resolve(appConfig().dataDir, 'outbox')}`]
      : [];
  logger.info(
    { ...fields, ...(docs && { docs_url: docs }) },
    [`serving the API on ${url}`, ...said, `data in ${data}`, ...outbox].join(', '),
  );
}

function isOn({ enabled }: Feature): boolean {
  return enabled?.() ?? true;
}
