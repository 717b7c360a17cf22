import type { ProblemError } from '../../../platform/problems/problem.js';
import type { Messages } from '../messages/en.js';

/** What a problem says of the fields of a form, by their names. */
export type FieldErrors = Readonly<Partial<Record<string, string>>>;

type Text = keyof {
  [Key in keyof Messages as Messages[Key] extends string ? Key : never]: true;
};

/** Texts for faults of the input: the first that fits field and detail. */
const faultTexts: readonly (readonly [field: RegExp, detail: RegExp, text: Text])[] = [
  [/^email$/, /missing|empty/, 'emailMissing'],
  [/^email$/, /./, 'emailInvalid'],
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
  'rate.limited': 'rateLimited',
  'users.email-taken': 'emailTaken',
  'users.not-found': 'nothingThere',
  'request.not-found': 'nothingThere',
  'request.precondition-failed': 'changedElsewhere',
};

/** What is wrong with each field. */
export function fieldErrors(problem: ProblemError | undefined, t: Messages): FieldErrors {
  return Object.fromEntries(
    (problem?.faults ?? []).map(({ pointer, detail }) => {
      const name = pointer.slice(1);
      const [, , text = 'invalidValue'] =
        faultTexts.find(([field, words]) => field.test(name) && words.test(detail)) ?? [];
      return [name, t[text]];
    }),
  );
}

/** What is wrong with a form as a whole; undefined where its fields tell. */
export function formError(problem: ProblemError | undefined, t: Messages): string | undefined {
  if (problem === undefined || (problem.faults ?? []).some(({ pointer }) => pointer !== ''))
    return undefined;
  return t[codeTexts[problem.code] ?? 'somethingWrong'];
}
