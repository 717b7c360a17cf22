import { html, type Html, type Part } from '../page/html.js';
import type { ViewContext } from '../page/page-answer.js';
import { hiddenFields } from './fields.js';

/** A button that asks the browser for a passkey. */
interface PasskeyForm {
  /** Where the answer of the browser goes. */
  readonly action: string;
  /** Where the script gets the options. */
  readonly options: string;
  /** `navigator.credentials.get` or `create`. */
  readonly ceremony: 'get' | 'create';
  readonly button: string;
  /** Values that travel along. */
  readonly values?: Readonly<Record<string, string | undefined>>;
  /** Fields above the button. */
  readonly fields?: Part;
  /** Offers passkeys in the first field of the page, too. */
  readonly autofill?: true;
  /** What a refusal of the options means, by its code or that of the script. */
  readonly failures?: Readonly<Record<string, string>>;
}

/** A form that `pages/passkeys.js` shows and sends; one a page. Without it, the page says what is missing. */
export function passkeyForm(given: PasskeyForm, context: ViewContext): Html {
  const { action, options, ceremony, button, values, fields, autofill, failures } = given;
  const { t } = context;
  const texts = { '': t.passkeyFailed, 'rate.limited': t.rateLimited, ...failures };
  return html`<form
      method="post"
      action="${action}"
      data-passkey="${ceremony}"
      data-options="${options}"
      ${autofill && html` data-autofill`}
      hidden
    >
      ${hiddenFields(context, { ...values, challenge_id: '', passkey: '' })} ${fields}
      ${Object.entries(texts).map(([code, text]) => html`<p class="alert" role="alert" id="passkey-${code || 'failed'}" data-failure="${code}" hidden>${text}</p>`)}
      <button class="secondary">${button}</button>
    </form>
    <noscript><p class="note">${t.passkeyNeedsScript}</p></noscript>`;
}
