import type { ProblemError } from '../../../platform/problems/problem.js';
import { html } from '../page/html.js';
import type { View } from '../page/page-answer.js';
import { alert, field, hiddenFields } from '../layout/fields.js';
import { fieldErrors, formError } from '../layout/problem-texts.js';

/** A mailed link without effect. */
export const linkOverView: View<object> = (_model, { t }) => ({
  title: t.linkOverTitle,
  body: html`<section class="card">
    <div class="head">
      <h1>${t.linkOverTitle}</h1>
      <p class="lead">${t.linkOver}</p>
    </div>
    <a class="button secondary" href="/forgot-password">${t.forgotTitle}</a>
    <p class="foot"><a href="/sign-in">${t.backToSignIn}</a></p>
  </section>`,
});

interface PasswordModel {
  readonly token: string | undefined;
  /** Whether the account has none yet. */
  readonly first: string | undefined;
  readonly problem: ProblemError | undefined;
}

/** A new password, or the first one. */
export const passwordView: View<PasswordModel> = ({ token, first, problem }, context) => {
  const { t } = context;
  const title = first === undefined ? t.resetTitle : t.firstPasswordTitle;
  return {
    title,
    body: html`<section class="card">
      <div class="head">
        <h1>${title}</h1>
        <p class="lead">${first === undefined ? t.resetLead : t.firstPasswordLead}</p>
      </div>
      ${alert(formError(problem, context))}
      <form method="post" action="/reset-password" novalidate>
        ${hiddenFields(context, { token, first })}
        ${field({ name: 'password', label: t.newPassword, type: 'password', autocomplete: 'new-password', error: fieldErrors(problem, t)['password'], hint: t.passwordHint })}
        <button class="primary">${t.setPassword}</button>
      </form>
    </section>`,
  };
};

/** A mailed link whose page is one button. */
interface LinkModel {
  readonly token: string | undefined;
  readonly problem: ProblemError | undefined;
}

/** One button: opening the link alone confirms nothing. */
export const verifyView: View<LinkModel> = ({ token, problem }, context) => {
  const { t } = context;
  return {
    title: t.verifyTitle,
    body: html`<section class="card">
      <div class="head">
        <h1>${t.verifyTitle}</h1>
        <p class="lead">${t.verifyLead}</p>
      </div>
      ${alert(formError(problem, context))}
      <form method="post" action="/verify-email">
        ${hiddenFields(context, { token })}
        <button class="primary">${t.confirmAddress}</button>
      </form>
    </section>`,
  };
};

interface NotMeModel extends LinkModel {
  readonly done: boolean;
}

export const notMeView: View<NotMeModel> = ({ token, done, problem }, context) => {
  const { t } = context;
  const title = done ? t.notMeDoneTitle : t.notMeTitle;
  return {
    title,
    body: html`<section class="card">
      <div class="head">
        <h1>${title}</h1>
        <p class="lead">${done ? t.notMeDone : t.notMeLead}</p>
      </div>
      ${alert(formError(problem, context))}
      ${
        !done &&
        html`<form method="post" action="/not-me">
          ${hiddenFields(context, { token })}
          <button class="primary">${t.notMeButton}</button>
        </form>`
      }
      <p class="foot"><a href="/sign-in">${t.backToSignIn}</a></p>
    </section>`,
  };
};
