import type { Failure, SecurityModel } from './security.model.js';
import { html, type Html } from '../page/html.js';
import type { ViewContext } from '../page/page-answer.js';
import { deviceName } from '../layout/device-name.js';
import { alert, hiddenFields } from '../layout/fields.js';
import { button, moment } from './list-parts.js';

/** Living sessions, and how to end them. */
export function sessionsPanel(
  { sessions }: SecurityModel,
  failure: Failure,
  context: ViewContext,
): Html {
  const { t } = context;
  const rows = sessions.map(({ id, current, user_agent, last_used_at, ip }) => {
    const device = deviceName(user_agent) ?? t.unknownDevice;
    return html`<li>
      <div>
        <strong>${device} ${current && html`<span class="badge">${t.thisSession}</span>`}</strong>
        <span class="note"
          >${ip !== null && `${ip} · `}${t.lastUsed(moment(last_used_at, context))}</span
        >
      </div>
      ${
        !current &&
        button(
          '/account/security/sessions/end',
          { session_id: id },
          t.endSession,
          t.endSessionOf(device),
          context,
        )
      }
    </li>`;
  });
  return html`<section class="panel">
    <h2>${t.sessionsTitle}</h2>
    ${alert(failure.form)}
    <ul class="rows">
      ${rows}
    </ul>
    ${
      sessions.length > 1 &&
      html`<form method="post" action="/account/security/sessions/end-others">
        ${hiddenFields(context)}<button class="secondary">${t.endOtherSessions}</button>
      </form>`
    }
  </section>`;
}
