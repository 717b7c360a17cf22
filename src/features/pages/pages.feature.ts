import { defineFeature } from '../../platform/declarations/feature.js';
import { pagesConfig } from '../../platform/http/browser/pages.config.js';

export const pages = defineFeature({
  name: 'pages',
  about:
    'Pages for people: sign-in, sign-up, links of mails, the own account. `PAGES=false` leaves them out.',
  enabled: () => pagesConfig().enabled,
  modules: { api: async () => [(await import('./pages.module.js')).PagesModule] },
  hooks: { pages: async (app) => (await import('./web/pages.hooks.js')).servePages(app) },
});
