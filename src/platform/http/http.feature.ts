import { accessArea, accessConfig } from '../config/access.config.js';
import { authArea, authConfig } from '../config/auth.config.js';
import { section } from '../config/section.js';
import { defineFeature } from '../features/feature.js';
import { limitsArea, limitsConfig } from './limits/limits.config.js';
import { httpArea, httpConfig } from './server/http.config.js';

export const http = defineFeature({
  name: 'http',
  config: [
    section(httpArea, httpConfig),
    section(accessArea, accessConfig, { apiOnly: true }),
    section(authArea, authConfig),
    section(limitsArea, limitsConfig, { apiOnly: true }),
  ],
});
