import { fieldsOf, type Form } from '../page/form.js';

/** What a form proves a second factor by, as the API takes it. */
export function proofOf(form: Form): object {
  const { passkey, ...others } = fieldsOf(form, 'code', 'recovery_code', 'challenge_id', 'passkey');
  return passkey === undefined ? others : { ...others, passkey: parsed(passkey) };
}

/** The answer of a browser's authenticator, which a script put into a hidden field. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
