import type { Notice } from './notices.js';
import { html, type Html } from '../page/html.js';
import type { ViewContext } from '../page/page-answer.js';

/** One line of a form to type into. */
export interface Field {
  readonly name: string;
  readonly label: string;
  readonly type?: 'text' | 'email' | 'password';
  readonly value?: string | undefined;
  /** `autocomplete`, for browsers and password managers. */
  readonly autocomplete: string;
  /** What is wrong with it. */
  readonly error?: string | undefined;
  readonly hint?: string;
  readonly optional?: true;
  readonly inputmode?: 'numeric';
  /** Where one page has several forms with the same field. */
  readonly idPrefix?: string;
}

/** A field with its label, its hint and what is wrong with it, which screen readers tell together. */
export function field(given: Field): Html {
  const { name, label, type = 'text', value, autocomplete, error, hint, optional } = given;
  const id = `${given.idPrefix ?? ''}${name}`;
  const notes = [error && `${id}-error`, hint && `${id}-hint`].filter(Boolean).join(' ');
  return html`<div class="field">
    <label for="${id}">${label}</label>
    <input
      id="${id}"
      name="${name}"
      type="${type}"
      autocomplete="${autocomplete}"
      ${value !== undefined && html` value="${value}"`}${optional !== true && html` required`}${given.inputmode && html` inputmode="${given.inputmode}"`}${type === 'email' && html` spellcheck="false" autocapitalize="none"`}${notes && html` aria-describedby="${notes}"`}${error !== undefined && html` aria-invalid="true"`}
    />
    ${error !== undefined && html`<p class="error" id="${id}-error">${error}</p>`}
    ${hint !== undefined && html`<p class="hint" id="${id}-hint">${hint}</p>`}
  </div>`;
}

/** The token against forged requests, and values that travel along. */
export function hiddenFields(
  { csrfToken }: Pick<ViewContext, 'csrfToken'>,
  values: Readonly<Record<string, string | undefined>> = {},
): Html {
  const hidden = (name: string, value: string | undefined) =>
    value !== undefined && html`<input type="hidden" name="${name}" value="${value}" />`;
  return html`${hidden('csrf_token', csrfToken)}${Object.entries(values).map(([name, value]) => hidden(name, value))}`;
}

/** What is wrong with a form as a whole. Screen readers tell it at once. */
export function alert(text: string | undefined): Html | undefined {
  return text === undefined ? undefined : html`<p class="alert" role="alert">${text}</p>`;
}

/** What was done before this page, or what is to be done on it. */
export function notice(given: Notice | undefined): Html | undefined {
  return given && html`<p class="notice${given.next && ' next'}" role="status">${given.text}</p>`;
}
