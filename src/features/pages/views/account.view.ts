import type { ProblemError } from '../../../platform/problems/problem.js';
import type { UserResponse } from '../../users/user.schemas.js';
import type { Form } from '../page/form.js';
import { html } from '../page/html.js';
import type { View } from '../page/page-answer.js';
import { alert, field, hiddenFields, notice } from './fields.js';
import { noticeText } from './notices.js';
import { fieldErrors, formError } from './problem-texts.js';

interface AccountModel {
  readonly user: UserResponse;
  /** What was typed, or the query. */
  readonly form: Form;
  readonly problem: ProblemError | undefined;
}

export const accountView: View<AccountModel> = ({ user, form, problem }, context) => {
  const { t } = context;
  const errors = fieldErrors(problem, t);
  const { email_verified: confirmed } = user;
  return {
    title: t.profileTitle,
    frame: 'account',
    body: html`<h1>${t.profileTitle}</h1>
      ${notice(noticeText(form['notice'], t))} ${alert(formError(problem, t))}
      <section class="panel">
        <div class="head">
          <h2>${t.email}</h2>
          <p>
            ${user.email} ${confirmed && html`<span class="badge">${t.addressConfirmed}</span>`}
          </p>
          ${!confirmed && html`<p class="note">${t.addressUnconfirmed}</p>`}
        </div>
        <form method="post" action="/account" novalidate>
          ${hiddenFields(context)}
          ${field({ name: 'name', label: t.name, value: form['name'] ?? user.name, autocomplete: 'name', error: errors['name'], hint: t.profileLead })}
          <button class="primary">${t.save}</button>
        </form>
      </section>`,
  };
};
