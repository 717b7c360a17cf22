/** A strong entity tag: the version of a resource. */
const TAG = /^"(0|[1-9]\d*)"$/;

/** The strong entity tag of the current state of a resource, RFC 9110 §8.8.3. */
export function entityTag({ version }: { readonly version: number }): string {
  return `"${version}"`;
}

/**
 * The versions that a request with `If-Match` may change, RFC 9110 §13.1.1; undefined if any
 * version matches: without the header, and for `*`. Weak tags never match.
 */
export function ifMatch(header: string | undefined): readonly number[] | undefined {
  const tags = header?.split(',').map((tag) => tag.trim());
  if (tags === undefined || tags.includes('*')) return undefined;
  return tags.flatMap((tag) => TAG.exec(tag)?.[1] ?? []).map(Number);
}
