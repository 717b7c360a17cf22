import type { ProblemError } from '../../../platform/problems/problem.js';
import type { Form } from '../page/form.js';
import { html } from '../page/html.js';
import type { View } from '../page/page-answer.js';
import { alert, field, hiddenFields } from '../layout/fields.js';
import { fieldErrors, formError } from '../layout/problem-texts.js';

interface ForgotModel {
  /** What was typed, or the query. */
  readonly form: Form;
  readonly problem: ProblemError | undefined;
}

export const forgotView: View<ForgotModel> = ({ form, problem }, context) => {
  const { t } = context;
  const sent = form['notice'] === 'sent';
  const title = sent ? t.forgotDoneTitle : t.forgotTitle;
  return {
    title,
    body: html`<section class="card">
      <div class="head">
        <h1>${title}</h1>
        <p class="lead">${sent ? t.forgotDone : t.forgotLead}</p>
      </div>
      ${alert(formError(problem, context))}
      ${
        !sent &&
        html`<form method="post" action="/forgot-password" novalidate>
          ${hiddenFields(context)}
          ${field({ name: 'email', label: t.email, type: 'email', value: form['email'] ?? '', autocomplete: 'username', error: fieldErrors(problem, t)['email'] })}
          <button class="primary">${t.sendLink}</button>
        </form>`
      }
      <p class="foot"><a href="/sign-in">${t.backToSignIn}</a></p>
    </section>`,
  };
};
