import type { ProblemError } from '../../../platform/problems/problem.js';
import type { Form } from '../page/form.js';
import { html } from '../page/html.js';
import { pathWith, wantedPath } from '../page/own-path.js';
import type { View } from '../page/page-answer.js';
import { alert, field, hiddenFields } from '../layout/fields.js';
import { fieldErrors, formError } from '../layout/problem-texts.js';

interface InvitationModel {
  /** What was typed, or the query. */
  readonly form: Form;
  readonly problem: ProblemError | undefined;
}

interface SignUpModel extends InvitationModel {
  /** Whether strangers may have accounts. */
  readonly open: boolean;
}

export const signUpView: View<SignUpModel> = ({ form, problem, open }, context) => {
  const { t } = context;
  const errors = fieldErrors(problem, t);
  const next = wantedPath(form['next']);
  return {
    title: t.signUp,
    body: html`<section class="card">
      <div class="head">
        <h1>${t.signUp}</h1>
        <p class="lead">${open ? t.signUpLead : t.registrationClosed}</p>
      </div>
      ${alert(formError(problem, context))}
      ${
        open &&
        html`<form method="post" action="/sign-up" novalidate>
          ${hiddenFields(context, { next })}
          ${field({ name: 'name', label: t.name, value: form['name'] ?? '', autocomplete: 'name', error: errors['name'] })}
          ${field({ name: 'email', label: t.email, type: 'email', value: form['email'] ?? '', autocomplete: 'username', error: errors['email'] })}
          ${field({ name: 'password', label: t.password, type: 'password', autocomplete: 'new-password', error: errors['password'], hint: t.passwordHint })}
          <button class="primary">${t.signUp}</button>
        </form>`
      }
      <p class="foot">
        ${t.haveAccount} <a href="${pathWith('/sign-in', { next })}">${t.signIn}</a>
      </p>
    </section>`,
  };
};

export const invitationView: View<InvitationModel> = ({ form, problem }, context) => {
  const { t } = context;
  const errors = fieldErrors(problem, t);
  return {
    title: t.invitationTitle,
    body: html`<section class="card">
      <div class="head">
        <h1>${t.invitationTitle}</h1>
        <p class="lead">${t.invitationLead}</p>
      </div>
      ${alert(formError(problem, context))}
      <form method="post" action="/invitation" novalidate>
        ${hiddenFields(context, { token: form['token'] })}
        ${field({ name: 'name', label: t.name, value: form['name'] ?? '', autocomplete: 'name', error: errors['name'] })}
        ${field({ name: 'password', label: t.password, type: 'password', autocomplete: 'new-password', error: errors['password'], hint: t.passwordHint })}
        <button class="primary">${t.acceptInvitation}</button>
      </form>
    </section>`,
  };
};
