/** Entity tags a client accepts; `undefined` when it did not say. */
export type Precondition = ((currentTag: string) => boolean) | undefined;

/**
 * RFC 9110 §13.1.1: `If-Match` holds when it is `*` or lists the current strong tag. Weak tags
 * never match.
 */
export function ifMatch(header: string | undefined): Precondition {
  if (header === undefined) return undefined;
  const tags = header.split(',').map((tag) => tag.trim());
  return (current) => tags.includes('*') || tags.includes(current);
}
