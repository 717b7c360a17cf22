import type { ProblemError } from '../../../platform/problems/problem.js';
import type { UserResponse } from '../../users/user.schemas.js';
import type { Form } from '../page/form.js';
import { canonicalLocale, languageOf, languages } from '../../../platform/common/locale.js';
import { type Html, html } from '../page/html.js';
import type { View } from '../page/page-answer.js';
import { alert, field, hiddenFields, notice } from '../layout/fields.js';
import { noticeOf } from '../layout/notices.js';
import { fieldErrors, formError } from '../layout/problem-texts.js';

interface AccountModel {
  readonly user: UserResponse;
  /** What was typed, or the notice. */
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
      ${notice(noticeOf(form['notice'], t))} ${alert(formError(problem, context))}
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
          ${languageChoice(canonicalLocale(form['locale'] ?? '') ?? user.locale, t.language)}
          <button class="primary">${t.save}</button>
        </form>
      </section>`,
  };
};

/** In its own words each, for whoever has the wrong one. */
const names = { en: 'English', de: 'Deutsch', fr: 'Français', es: 'Español' } as const;

/** A locale of the same language, such as `de-CH`, stays. */
function languageChoice(locale: string, label: string): Html {
  const chosen = languageOf(locale);
  const option = (language: keyof typeof names) => {
    const value = language === chosen ? locale : language;
    return html`<option
      value="${value}"
      lang="${language}"
      ${language === chosen && html` selected`}
    >
      ${names[language]}
    </option>`;
  };
  return html`<div class="field">
    <label for="locale">${label}</label>
    <select id="locale" name="locale">
      ${languages.map(option)}
    </select>
  </div>`;
}
