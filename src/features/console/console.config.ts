import { area } from '../../platform/config/area.js';
import { section } from '../../platform/config/section.js';
import { flag } from '../../platform/config/variable-primitives.js';

export const consoleArea = area({
  title: 'Console',
  variables: {
    CONSOLE: {
      schema: flag,
      fallback: 'true',
      about:
        'Serve the console for superusers under `/console`, where `PAGES` is on: its way in is their session cookie.',
    },
  },
});

export const consoleConfig = section('console', consoleArea, (env) => ({ enabled: env.CONSOLE }), {
  apiOnly: true,
});
