import type { Failure, SecurityForm, SecurityModel } from './security.model.js';
import { html, type Html } from '../page/html.js';
import type { ViewContext } from '../page/page-answer.js';
import { alert, hiddenFields } from '../layout/fields.js';
import { button, day } from './list-parts.js';
import { currentPassword, isFailed } from './new-factors.js';

type FailureOf = (form: SecurityForm) => Failure;

const FINE: Failure = { fields: {}, form: undefined };

/** The account of a provider with which somebody came here before the sign-in; nothing without one. */
export function pendingLinkPanel(
  model: SecurityModel,
  failureOf: FailureOf,
  context: ViewContext,
): Html | undefined {
  const { t } = context;
  const { pendingLink, needsProof } = model;
  const failure = failureOf('pending-link');
  if (pendingLink === undefined || needsProof) return alert(failure.form);
  const label = labelOf(model, pendingLink);
  return html`<section class="panel">
    <div class="head">
      <h2>${t.linkTitle}</h2>
      <p class="note">${t.pendingLinkLead(label)}</p>
    </div>
    ${alert(failure.form)}
    <form method="post" action="/account/security/identities/pending" novalidate>
      ${hiddenFields(context)}
      ${isFailed(failure) && currentPassword('pending', model, failure, context)}
      <button class="primary">${t.link(label)}</button>
    </form>
  </section>`;
}

/** Accounts of identity providers; nothing where there are none. */
export function identitiesPanel(
  model: SecurityModel,
  failureOf: FailureOf,
  context: ViewContext,
): Html | false {
  const { t } = context;
  const { identities, providers, needsProof, failed } = model;
  if (identities.length === 0 && providers.length === 0) return false;
  const rows = identities.map(({ id, provider, email, created_at }) => {
    const label = labelOf(model, provider);
    return html`<li>
      <div>
        <strong>${label}</strong>
        <span class="note"
          >${email !== null && `${email} · `}${t.addedOn(day(created_at, context))}</span
        >
      </div>
      ${
        !needsProof &&
        button(
          '/account/security/identities/remove',
          { identity_id: id },
          t.remove,
          t.removeOf(label),
          context,
        )
      }
    </li>`;
  });
  const links = providers.map(({ id, label }) => {
    const failure = failed?.form['provider'] === id ? failureOf('link') : FINE;
    return html`<details${isFailed(failure) && html` open`}>
<summary>${t.link(label)}</summary>
${alert(failure.form)}
<form method="post" action="/account/security/identities" novalidate>
${hiddenFields(context, { provider: id })}
${currentPassword(`link-${id}`, model, failure, context)}
<button class="primary">${t.goOn}</button>
</form>
</details>`;
  });
  return html`<section class="panel">
    <div class="head">
      <h2>${t.identitiesTitle}</h2>
      <p class="note">${t.identitiesLead}</p>
    </div>
    ${alert(failureOf('identities').form)}
    ${
      rows.length > 0 &&
      html`<ul class="rows">
        ${rows}
      </ul>`
    }
    ${!needsProof && links}
  </section>`;
}

function labelOf({ providers }: SecurityModel, id: string): string {
  return providers.find((provider) => provider.id === id)?.label ?? id;
}
