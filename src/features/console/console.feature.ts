import { defineFeature } from '../../platform/declarations/feature.js';
import { consoleConfig } from './console.config.js';
import { pagesConfig } from '../../platform/http/browser/pages.config.js';

export const console = defineFeature({
  name: 'console',
  about: 'Serves the console: a page for superusers that uses the API alone.',
  config: [consoleConfig],
  // It has no other way in than the session cookie of the pages.
  enabled: () => consoleConfig().enabled && pagesConfig().enabled,
  hooks: { pages: async (app) => (await import('./console.hooks.js')).serveConsole(app) },
});
