import { createHash } from 'node:crypto';

/** Names of statements by their text; as many as there are constants in the code. */
const names = new Map<string, string>();

/** The name a statement is prepared under, the same in all processes. */
export function statementName(text: string): string {
  let name = names.get(text);
  if (name === undefined) {
    name = createHash('sha256').update(text).digest('base64url').slice(0, 22);
    names.set(text, name);
  }
  return name;
}
