import type { Failure, SecurityForm, SecurityModel } from './security.model.js';
import { html, type Html } from '../page/html.js';
import type { ViewContext } from '../page/page-answer.js';
import { alert, hiddenFields } from '../layout/fields.js';
import { button, day } from './list-parts.js';
import { newPasskey, newTotp } from './new-factors.js';

/** Second factors, and how to add more. */
export function factorsPanel(
  model: SecurityModel,
  failureOf: (form: SecurityForm) => Failure,
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
    ${alert(failureOf('factors').form)}
    ${
      rows.length === 0
        ? html`<p class="note">${t.factorsNone}</p>`
        : html`<ul class="rows">
            ${rows}
          </ul>`
    }
    ${!needsProof && [newTotp(model, failureOf('totp'), context), newPasskey(model, failureOf('passkeys'), context)]}
    ${
      !needsProof &&
      factors.length > 0 &&
      html`<form method="post" action="/account/security/recovery-codes">
        ${hiddenFields(context)}<button class="secondary">${t.newRecoveryCodes}</button>
      </form>`
    }
  </section>`;
}
