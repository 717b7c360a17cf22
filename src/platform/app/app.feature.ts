import { defineFeature } from '../declarations/feature.js';
import { appConfig } from './app.config.js';

export const app = defineFeature({
  name: 'app',
  about: 'Name, version and settings of the process; the work in hand and the drain.',
  config: [appConfig],
  logFields: {
    host: 'Listen address',
    port: 'Listen port',
    url: 'Address of this service for people',
    data: 'Where the data is',
    signal: 'Signal that ended the process',
    work: 'Requests by route and jobs by queue that were in hand, with how many of each',
  },
});
