import { createRequire } from 'node:module';

/** The exports of the dictionary package, which is loaded on first use to keep the start fast. */
interface Dictionaries {
  readonly dictionary: { readonly 'passwords-common': readonly string[] };
}

let common: Set<string> | undefined;

/** Whether a password is on the list of the 49,000 most common ones, in any case. */
export function isCommonPassword(password: string): boolean {
  common ??= new Set(
    (createRequire(import.meta.url)('@zxcvbn-ts/language-common') as Dictionaries).dictionary[
      'passwords-common'
    ],
  );
  return common.has(password.toLowerCase());
}
