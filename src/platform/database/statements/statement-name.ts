import { createHash } from 'node:crypto';

/** Names of statements by their text; limited by the constants in the code. */
const names = new Map<string, string>();

/** The name of a prepared statement, the same in all processes. */
export function statementName(text: string): string {
  let name = names.get(text);
  if (name === undefined) {
    name = createHash('sha256').update(text).digest('base64url').slice(0, 22);
    names.set(text, name);
  }
  return name;
}
