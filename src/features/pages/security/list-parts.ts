import { html, type Html } from '../page/html.js';
import type { ViewContext } from '../page/page-answer.js';
import { hiddenFields } from '../layout/fields.js';

/** A form of one button. @param name what screen readers say. */
export function button(
  action: string,
  values: Readonly<Record<string, string>>,
  text: string,
  name: string,
  context: ViewContext,
): Html {
  return html`<form method="post" action="${action}">
    ${hiddenFields(context, values)}<button class="quiet" aria-label="${name}">${text}</button>
  </form>`;
}

/** A date, without the time. */
export function day(iso: string, { language }: ViewContext): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: 'UTC' }).format(
    new Date(iso),
  );
}

/** Date and time. */
export function moment(iso: string, { language }: ViewContext): string {
  const format = { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' } as const;
  return `${new Intl.DateTimeFormat(language, format).format(new Date(iso))} UTC`;
}
