import type { Failure, SecurityForm, SecurityModel } from './security.model.js';
import { html, type Html } from '../page/html.js';
import type { ViewContext } from '../page/page-answer.js';
import { deviceName } from '../layout/device-name.js';
import { alert, field, hiddenFields } from '../layout/fields.js';

/** Second factors, and how to add more. */
export function factorsPanel(
  model: SecurityModel,
  failure: (form: SecurityForm) => Failure,
  context: ViewContext,
): Html {
  const { t } = context;
  const { factors, needsProof } = model;
  const rows = factors.map((factor) => {
    const type = t.factorTypes[factor.type] ?? factor.type;
    const what = factor.name ?? type;
    return html`<li>
      <div>
        <strong>${what}</strong
        ><span class="note"
          >${
            factor.remaining === undefined
              ? `${factor.name === null ? '' : `${type} · `}${t.addedOn(day(factor.created_at, context))}`
              : t.codesLeft(factor.remaining)
          }</span
        >
      </div>
      ${
        !needsProof &&
        factor.type !== 'recovery_codes' &&
        button(
          '/account/security/factors/remove',
          { factor_id: factor.id },
          t.remove,
          t.removeOf(what),
          context,
        )
      }
    </li>`;
  });
  return html`<section class="panel">
    <div class="head">
      <h2>${t.factorsTitle}</h2>
      <p class="note">${t.factorsLead}</p>
    </div>
    ${alert(failure('factors').form)}
    ${
      rows.length === 0
        ? html`<p class="note">${t.factorsNone}</p>`
        : html`<ul class="rows">
            ${rows}
          </ul>`
    }
    ${!needsProof && newTotp(model, failure('totp'), context)}
    ${
      !needsProof &&
      factors.length > 0 &&
      html`<form method="post" action="/account/security/recovery-codes">
        ${hiddenFields(context)}<button class="secondary">${t.newRecoveryCodes}</button>
      </form>`
    }
  </section>`;
}

function newTotp(model: SecurityModel, failure: Failure, context: ViewContext): Html {
  const { t } = context;
  const failed = failure.form !== undefined || Object.keys(failure.fields).length > 0;
  return html`<details${failed && html` open`}>
<summary>${t.addTotp}</summary>
${alert(failure.form)}
<form method="post" action="/account/security/totp" novalidate>
${hiddenFields(context)}
${currentPassword('totp', model, failure, context)}
<button class="primary">${t.goOn}</button>
</form>
</details>`;
}

/** The password proves the owner where no second factor does. */
export function currentPassword(
  form: string,
  { hasPassword, factors }: SecurityModel,
  { fields }: Failure,
  { t }: ViewContext,
): Html | false {
  return (
    hasPassword &&
    factors.length === 0 &&
    field({
      name: 'current_password',
      label: t.currentPassword,
      type: 'password',
      autocomplete: 'current-password',
      error: fields['current_password'],
      idPrefix: `${form}-`,
    })
  );
}

/** Accounts of identity providers; nothing where there are none. */
export function identitiesPanel(
  model: SecurityModel,
  failure: Failure,
  context: ViewContext,
): Html | false {
  const { t } = context;
  const { identities, providers, needsProof } = model;
  if (identities.length === 0 && providers.length === 0) return false;
  const labelOf = (id: string) => providers.find((provider) => provider.id === id)?.label ?? id;
  const rows = identities.map(
    ({ id, provider, email, created_at }) =>
      html`<li>
        <div>
          <strong>${labelOf(provider)}</strong>
          <span class="note">${email ?? ''} ${t.addedOn(day(created_at, context))}</span>
        </div>
        ${
          !needsProof &&
          button(
            '/account/security/identities/remove',
            { identity_id: id },
            t.remove,
            t.removeOf(labelOf(provider)),
            context,
          )
        }
      </li>`,
  );
  const links = providers.map(
    ({ id, label }) =>
      html`<details>
        <summary>${t.link(label)}</summary>
        <form method="post" action="/account/security/identities" novalidate>
          ${hiddenFields(context, { provider: id })}
          ${currentPassword(`link-${id}`, model, failure, context)}
          <button class="primary">${t.goOn}</button>
        </form>
      </details>`,
  );
  return html`<section class="panel">
    <div class="head">
      <h2>${t.identitiesTitle}</h2>
      <p class="note">${t.identitiesLead}</p>
    </div>
    ${alert(failure.form ?? failure.fields['current_password'])}
    ${
      rows.length > 0 &&
      html`<ul class="rows">
        ${rows}
      </ul>`
    }
    ${!needsProof && links}
  </section>`;
}

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

/** A form of one button. @param name what screen readers say. */
function button(
  action: string,
  values: Readonly<Record<string, string>>,
  text: string,
  name: string,
  context: ViewContext,
): Html {
  return html`<form method="post" action="${action}">
    ${hiddenFields(context, values)}<button class="quiet" aria-label="${name}">${text}</button>
  </form>`;
}

function day(iso: string, { language }: ViewContext): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: 'UTC' }).format(
    new Date(iso),
  );
}

function moment(iso: string, { language }: ViewContext): string {
  const format = { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' } as const;
  return `${new Intl.DateTimeFormat(language, format).format(new Date(iso))} UTC`;
}
