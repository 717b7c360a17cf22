import {
  type InputFault,
  type ProblemError,
  RateLimited,
} from '../../../platform/problems/problem.js';
import type { Messages } from '../messages/en.js';
import type { ViewContext } from '../page/page-answer.js';
import { fromNow } from './from-now.js';

/** What a problem says of the fields of a form, by their names. */
export type FieldErrors = Readonly<Partial<Record<string, string>>>;

type Text = keyof {
  [Key in keyof Messages as Messages[Key] extends string ? Key : never]: true;
};

/** Texts for faults of the input: the first that fits field and detail. */
const faultTexts: readonly (readonly [field: RegExp, detail: RegExp, text: Text])[] = [
  [/^email$/, /missing|empty/, 'emailMissing'],
  [/^email$/, /./, 'emailInvalid'],
  [/^$/, /more than \d+ factors/, 'factorsFull'],
  [/^name$/, /1 to 100/, 'factorNameLength'],
  [/^name$/, /missing|^must have/, 'nameLength'],
  [/^name$/, /web address/, 'nameWebAddress'],
  [/^name$/, /./, 'nameCharacters'],
  [/^current_password$/, /./, 'currentPasswordWrong'],
  [/password$/, /common/, 'passwordCommon'],
  [/password$/, /breach/, 'passwordBreached'],
  [/password$/, /your address/, 'passwordOwnWords'],
  [/password$/, /12 to 128/, 'passwordLength'],
  [/password$/, /missing|empty/, 'passwordMissing'],
  [/password$/, /./, 'passwordCharacters'],
  [/^recovery_code$/, /./, 'recoveryCodeWrong'],
  [/^code$/, /./, 'codeWrong'],
];

const codeTexts: Readonly<Record<string, Text>> = {
  'auth.invalid-credentials': 'credentialsWrong',
  'auth.invalid-token': 'tookTooLong',
  'auth.email-unverified': 'emailUnverified',
  'auth.step-up-required': 'confirmFirst',
  'auth.last-credential': 'lastCredential',
  'auth.identity-taken': 'identityTaken',
  'auth.email-required': 'providerEmailMissing',
  'auth.registration-closed': 'registrationClosed',
  'users.email-taken': 'emailTaken',
  'users.not-found': 'nothingThere',
  'request.not-found': 'nothingThere',
  'request.precondition-failed': 'changedElsewhere',
};

/** What is wrong with each field. */
export function fieldErrors(problem: ProblemError | undefined, t: Messages): FieldErrors {
  return Object.fromEntries(
    (problem?.faults ?? []).map((fault) => [nameOf(fault), t[textOf(fault) ?? 'invalidValue']]),
  );
}

/** What is wrong with a form as a whole; undefined where its fields tell, which hidden ones do not. */
export function formError(
  problem: ProblemError | undefined,
  { t, language }: Pick<ViewContext, 't' | 'language'>,
): string | undefined {
  if (problem instanceof RateLimited)
    return `${t.tooMany}. ${t.tryAgain(fromNow(problem.retryAfterSeconds, language))}`;
  const { faults = [], code } = problem ?? {};
  if (code === undefined || faults.some((fault) => nameOf(fault) !== '' && textOf(fault)))
    return undefined;
  const [text] = faults.flatMap((fault) => textOf(fault) ?? []);
  return t[text ?? codeTexts[code] ?? 'somethingWrong'];
}

function textOf(fault: InputFault): Text | undefined {
  const [, , text] =
    faultTexts.find(([field, words]) => field.test(nameOf(fault)) && words.test(fault.detail)) ??
    [];
  return text;
}

/** Of the field; empty for the form as a whole. */
function nameOf({ pointer }: InputFault): string {
  return pointer.slice(1);
}
