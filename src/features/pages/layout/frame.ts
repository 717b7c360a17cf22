import type { AssetLinks } from '../assets/assets.js';
import { html, type Html } from '../page/html.js';
import type { Content, ViewContext } from '../page/page-answer.js';
import { hiddenFields } from './fields.js';

/** The page around a content. */
export function frame(
  { title, body, frame: kind, script, refresh }: Content,
  context: ViewContext,
  assets: AssetLinks,
): Html {
  const { t, language, brand, csrfToken } = context;
  return html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="csrf-token" content="${csrfToken}" />
        <title>${title} – ${brand}</title>
        <link rel="icon" href="${assets.icon}" />
        ${assets.styles.map((href) => html`<link rel="stylesheet" href="${href}" />`)}
        ${refresh !== undefined && html`<meta http-equiv="refresh" content="0; url=${refresh}" />`}
        <script type="module" src="${assets.forms}"></script>
        ${script === 'passkeys' && html`<script type="module" src="${assets.passkeys}"></script>`}
      </head>
      <body class="${kind ?? 'card-page'}">
        <a class="skip" href="#main">${t.skipToContent}</a>
        <header class="top">
          <a class="brand" href="/">${brandMark(brand, assets)}</a>
          ${kind === 'account' && accountLinks(context)}
        </header>
        <main id="main" tabindex="-1">${body}</main>
      </body>
    </html> `;
}

/** The logo, which has the name in it; else the name. */
function brandMark(name: string, { icon, logo }: AssetLinks): Html {
  return logo === undefined
    ? html`<img class="mark" src="${icon}" alt="" />${name}`
    : html`<img class="logo" src="${logo}" alt="${name}" />`;
}

function accountLinks({ t, path, csrfToken, consolePath }: ViewContext): Html {
  const link = (href: string, text: string) =>
    html`<li><a href="${href}" ${path === href && html` aria-current="page"`}>${text}</a></li>`;
  return html`<nav aria-label="${t.account}">
      <ul>
        ${link('/account', t.profile)} ${link('/account/security', t.security)}
        ${consolePath !== undefined && link(consolePath, t.backToConsole)}
      </ul>
    </nav>
    <form method="post" action="/sign-out">
      ${hiddenFields({ csrfToken })}<button class="quiet">${t.signOut}</button>
    </form>`;
}
