import { defineFeature } from '../../platform/declarations/feature.js';
import { PagesModule } from './pages.module.js';
import { servePages } from './web/pages.hooks.js';

export const pages = defineFeature({
  name: 'pages',
  about:
    'Pages for people: sign-in, sign-up, links of mails, the own account. `PAGES=false` leaves them out.',
  modules: { api: [PagesModule] },
  hooks: { pages: servePages },
});
