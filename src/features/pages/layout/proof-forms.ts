import type { ProblemError } from '../../../platform/problems/problem.js';
import type { Form } from '../page/form.js';
import { html, type Html } from '../page/html.js';
import type { ViewContext } from '../page/page-answer.js';
import { alert, field, hiddenFields } from './fields.js';
import { passkeyForm } from './passkey-form.js';
import { fieldErrors, formError } from './problem-texts.js';

/** What was wrong with a proof. */
export interface FailedProof {
  /** As it was sent. */
  readonly form: Form;
  readonly problem: ProblemError;
}

interface ProofForms {
  /** Where the proof goes. */
  readonly action: string;
  /** Where a script gets the options for a passkey. */
  readonly options: string;
  readonly button: string;
  /** Values that travel along. */
  readonly values?: Readonly<Record<string, string | undefined>>;
  /** Types of the account's factors. */
  readonly factors: readonly string[];
  readonly failed: FailedProof | undefined;
}

/** The ways to prove a second factor that an account has, each a form of its own. */
export function proofForms(given: ProofForms, context: ViewContext): Html {
  const { action, options, button, values, factors, failed } = given;
  const { t } = context;
  const has = (type: string) => factors.includes(type);
  const wrong = wrongField(failed, context);
  const code = html`<form method="post" action="${action}" novalidate>
    ${hiddenFields(context, values)}
    ${field({ name: 'code', label: t.code, autocomplete: 'one-time-code', inputmode: 'numeric', error: wrong['code'], hint: t.codeHint })}
    <button class="primary">${button}</button>
  </form>`;
  const recoveryCode = html`<details${failed !== undefined && sentBy(failed) === 'recovery_code' && html` open`}>
<summary>${t.useRecoveryCode}</summary>
<form method="post" action="${action}" novalidate>
${hiddenFields(context, values)}
${field({ name: 'recovery_code', label: t.recoveryCode, autocomplete: 'off', error: wrong['recovery_code'], hint: t.recoveryCodeHint })}
<button class="secondary">${button}</button>
</form>
</details>`;
  return html`${alert(wrong['passkey'] ?? wrong['form'])} ${has('totp') && code}
  ${has('passkey') && passkeyForm({ action, options, ceremony: 'get', button: t.usePasskey, ...(values && { values }) }, context)}
  ${has('recovery_codes') && recoveryCode}`;
}

/** The field that a proof was in. */
function sentBy({ form }: FailedProof): string {
  return ['passkey', 'recovery_code'].find((name) => form[name]) ?? 'code';
}

/** The text of what is wrong, by the field that was sent; `form` where none is to blame. */
function wrongField(
  failed: FailedProof | undefined,
  context: ViewContext,
): Readonly<Partial<Record<string, string>>> {
  if (failed === undefined) return {};
  const { t } = context;
  const { problem } = failed;
  const sent = sentBy(failed);
  const texts: Readonly<Record<string, string>> = {
    passkey: t.passkeyFailed,
    recovery_code: t.recoveryCodeWrong,
    code: t.codeWrong,
  };
  const refused = ['auth.invalid-credentials', 'auth.invalid-token', 'request.invalid'];
  return refused.includes(problem.code)
    ? { [sent]: fieldErrors(problem, t)[sent] ?? texts[sent] }
    : { form: formError(problem, context) };
}
