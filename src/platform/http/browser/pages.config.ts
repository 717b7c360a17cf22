import { area, inProduction } from '../../config/area.js';
import { section } from '../../config/section.js';
import { flag } from '../../config/variable-primitives.js';
import { httpArea } from '../server/http.config.js';

export const pagesArea = area({
  title: 'Pages',
  variables: {
    PAGES: {
      schema: flag,
      fallback: 'true',
      about:
        'Serve the pages for people (`/sign-in`, `/account` and others) and accept their session cookie. `false` where `PUBLIC_URL` is another front end.',
    },
  },
  reads: { PUBLIC_URL: httpArea.variables.PUBLIC_URL },
  rules: [
    {
      variable: 'PUBLIC_URL',
      check: inProduction(
        'must be https in production, unless PAGES=false: session cookies need it',
        (env) => env.PAGES && !env.PUBLIC_URL.startsWith('https:'),
      ),
    },
  ],
});

export const pagesConfig = section(
  'pages',
  pagesArea,
  (env) => {
    const { protocol, origin } = new URL(env.PUBLIC_URL);
    return {
      enabled: env.PAGES,
      /** Where browsers find the pages; with port 0 where the process picks one. */
      origin,
      /** Whether cookies are for HTTPS only. */
      secure: protocol === 'https:',
    };
  },
  { apiOnly: true },
);
