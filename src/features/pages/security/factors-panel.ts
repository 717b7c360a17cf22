import type { Failure, SecurityForm, SecurityModel } from './security.model.js';
import { isReal } from '../../factors/factors.repository.js';
import { html, type Html, type Part } from '../page/html.js';
import type { ViewContext } from '../page/page-answer.js';
import { alert, field, hiddenFields } from '../layout/fields.js';
import { button, day } from './list-parts.js';
import { newPasskey, newTotp } from './new-factors.js';

type FailureOf = (form: SecurityForm) => Failure;

/** Second factors, and how to add more. */
export function factorsPanel(
  model: SecurityModel,
  failureOf: FailureOf,
  context: ViewContext,
): Html {
  const { t } = context;
  const { factors, needsProof } = model;
  const rows = factors.map((factor) => row(factor, model, failureOf, context));
  return html`<section class="panel">
    <div class="head">
      <h2>${t.factorsTitle}</h2>
      <p class="note">${t.factorsLead}</p>
    </div>
    ${alert(failureOf('factors').form ?? failureOf('factor-name').form)}
    ${
      rows.length === 0
        ? html`<p class="note">${t.factorsNone}</p>`
        : html`<ul class="rows">
            ${rows}
          </ul>`
    }
    ${!needsProof && additions(model, failureOf, context)}
    ${
      !needsProof &&
      factors.length > 0 &&
      html`<form method="post" action="/account/security/recovery-codes">
        ${hiddenFields(context)}<button class="secondary">${t.newRecoveryCodes}</button>
      </form>`
    }
  </section>`;
}

function additions(model: SecurityModel, failureOf: FailureOf, context: ViewContext): Part {
  if (!model.roomForFactors) return html`<p class="note">${context.t.factorsFull}</p>`;
  return [
    newTotp(model, failureOf('totp'), context),
    newPasskey(model, failureOf('passkeys'), context),
  ];
}

/** A factor; what may be done with it, once the owner has proved one. */
function row(
  factor: SecurityModel['factors'][number],
  model: SecurityModel,
  failureOf: FailureOf,
  context: ViewContext,
): Html {
  const { t } = context;
  const type = t.factorTypes[factor.type] ?? factor.type;
  const what = factor.name ?? type;
  const added = t.addedOn(day(factor.created_at, context));
  const about = factor.name === null ? added : `${type} · ${added}`;
  const form = model.failed?.name === 'factor-name' ? model.failed.form : undefined;
  const sent = form?.['factor_id'] === factor.id ? form : undefined;
  const error = sent && failureOf('factor-name').fields['name'];
  const name = sent?.['name'] ?? factor.name ?? '';
  const changes = () => [
    newName({ id: factor.id, name, what, error, open: sent !== undefined }, context),
    button(
      '/account/security/factors/remove',
      { factor_id: factor.id },
      t.remove,
      t.removeOf(what),
      context,
    ),
  ];
  return html`<li>
    <div>
      <strong>${what}</strong
      ><span class="note"
        >${factor.remaining === undefined ? about : t.codesLeft(factor.remaining)}</span
      >
    </div>
    ${!model.needsProof && isReal(factor) && changes()}
  </li>`;
}

interface NewName {
  /** Of the factor. */
  readonly id: string;
  /** In the field. */
  readonly name: string;
  /** What the factor is called now. */
  readonly what: string;
  readonly error: string | undefined;
  /** Whether it was just refused. */
  readonly open: boolean;
}

/** A form for the name. */
function newName({ id, name, what, error, open }: NewName, context: ViewContext): Html {
  const { t } = context;
  return html`<details${open && html` open`}>
<summary aria-label="${t.renameOf(what)}">${t.rename}</summary>
<form method="post" action="/account/security/factors/rename" novalidate>
${hiddenFields(context, { factor_id: id })}
${field({ name: 'name', label: t.name, value: name, autocomplete: 'off', error, idPrefix: `${id}-` })}
<button class="secondary">${t.save}</button>
</form>
</details>`;
}
