import type { Failure, SecurityModel } from './security.model.js';
import { html, type Html } from '../page/html.js';
import type { ViewContext } from '../page/page-answer.js';
import { deviceName } from '../layout/device-name.js';
import { alert, field, hiddenFields } from '../layout/fields.js';
import { passkeyForm } from '../layout/passkey-form.js';

/** The first step to an authenticator app. */
export function newTotp(model: SecurityModel, failure: Failure, context: ViewContext): Html {
  const { t } = context;
  return html`<details${isFailed(failure) && html` open`}>
<summary>${t.addTotp}</summary>
${alert(failure.form)}
<form method="post" action="/account/security/totp" novalidate>
${hiddenFields(context)}
${currentPassword('totp', model, failure, context)}
<button class="primary">${t.goOn}</button>
</form>
</details>`;
}

/** A passkey of this browser or device, with a name that tells it from others. */
export function newPasskey(model: SecurityModel, failure: Failure, context: ViewContext): Html {
  const { t } = context;
  const { userId, sessions, failed } = model;
  const { user_agent: agent = null } = sessions.find(({ current }) => current) ?? {};
  const name = field({
    name: 'name',
    label: t.passkeyName,
    value: (failed?.name === 'passkeys' ? failed.form['name'] : deviceName(agent)) ?? '',
    autocomplete: 'off',
    error: failure.fields['name'],
    hint: t.passkeyNameHint,
    optional: true,
    idPrefix: 'passkey-',
  });
  return html`<details${isFailed(failure) && html` open`}>
<summary>${t.addPasskey}</summary>
${isFailed(failure) && failure.fields['name'] === undefined && alert(failure.form ?? t.passkeyFailed)}
${passkeyForm(
  {
    action: '/account/security/passkeys',
    options: `/users/${userId}/factors/passkeys/options`,
    ceremony: 'create',
    button: t.goOn,
    fields: [name, currentPassword('passkey', model, { fields: {}, form: undefined }, context)],
    failures: {
      'auth.email-unverified': t.emailUnverified,
      'auth.invalid-credentials': t.currentPasswordWrong,
      'auth.step-up-required': t.confirmFirst,
      ERROR_AUTHENTICATOR_PREVIOUSLY_REGISTERED: t.passkeyKnown,
    },
  },
  context,
)}
</details>`;
}

/** The password proves the owner where no second factor does. */
export function currentPassword(
  form: string,
  { hasPassword, factors }: SecurityModel,
  { fields }: Failure,
  { t }: ViewContext,
): Html | false {
  return (
    hasPassword &&
    factors.length === 0 &&
    field({
      name: 'current_password',
      label: t.currentPassword,
      type: 'password',
      autocomplete: 'current-password',
      error: fields['current_password'],
      idPrefix: `${form}-`,
    })
  );
}

/** Whether something was wrong with a form. */
export function isFailed({ form, fields }: Failure): boolean {
  return form !== undefined || Object.keys(fields).length > 0;
}
