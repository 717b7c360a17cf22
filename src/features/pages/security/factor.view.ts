import type { ProblemError } from '../../../platform/problems/problem.js';
import { Html, html } from '../page/html.js';
import type { View } from '../page/page-answer.js';
import { alert, field, hiddenFields } from '../layout/fields.js';
import { fieldErrors, formError } from '../layout/problem-texts.js';

interface TotpModel {
  readonly id: string;
  readonly secret: string | undefined;
  /** SVG of this service. */
  readonly qr?: string;
  readonly problem?: ProblemError | undefined;
}

/** The secret of a new authenticator app, and its first code. */
export const totpView: View<TotpModel> = ({ id, secret, qr, problem }, context) => {
  const { t } = context;
  return {
    title: t.totpTitle,
    frame: 'account',
    body: html`<h1>${t.totpTitle}</h1>
      ${alert(formError(problem, context))}
      <section class="panel">
        <p>${qr === undefined ? t.totpAgain : t.totpScan}</p>
        ${qr !== undefined && html`<div class="qr" role="img" aria-label="${t.totpPicture}">${new Html(qr)}</div>`}
        ${secret !== undefined && html`<p class="note">${t.totpSecret}<br /><code>${grouped(secret)}</code></p>`}
        <form method="post" action="/account/security/totp/confirm" novalidate>
          ${hiddenFields(context, { factor_id: id, secret })}
          ${field({ name: 'code', label: t.code, autocomplete: 'one-time-code', inputmode: 'numeric', error: fieldErrors(problem, t)['code'], hint: t.codeHint })}
          <button class="primary">${t.totpConfirm}</button>
        </form>
      </section>`,
  };
};

/** Recovery codes, shown this once. */
export const recoveryCodesView: View<{ codes: readonly string[] }> = ({ codes }, { t }) => ({
  title: t.recoveryTitle,
  frame: 'account',
  body: html`<h1>${t.recoveryTitle}</h1>
    <section class="panel">
      <p>${t.recoveryLead}</p>
      <ol class="codes">
        ${codes.map((code) => html`<li>${code}</li>`)}
      </ol>
      <a class="button primary start" href="/account/security?notice=factor-added"
        >${t.recoverySaved}</a
      >
    </section>`,
});

/** Groups of four, for people who type it. */
function grouped(secret: string): string {
  return secret.replaceAll(/(.{4})(?=.)/g, '$1 ');
}
