import { defineFeature } from '../../platform/declarations/feature.js';
import { consoleConfig } from './console.config.js';
import { serveConsole } from './console.hooks.js';

export const console = defineFeature({
  name: 'console',
  about: 'Serves the console: a page for superusers that uses the API alone.',
  config: [consoleConfig],
  hooks: { pages: serveConsole },
});
