/** Where people go who asked for nothing else. */
const HOME = '/account';

/** An origin that no page has: what leaves it is foreign. */
const OURS = 'http://own.invalid';

/**
 * The path to go on to: the wanted one if it is a path of this host, as a browser understands it, else
 * the account. `//evil`, `/\evil` and `javascript:` are foreign.
 */
export function ownPath(wanted: string | undefined): string {
  return wantedPath(wanted) ?? HOME;
}

/** The same; undefined where people go anyway. */
export function wantedPath(wanted: string | undefined): string | undefined {
  if (wanted?.startsWith('/') !== true) return undefined;
  const url = URL.parse(wanted, OURS);
  if (url === null || url.origin !== OURS || url.pathname.startsWith('//')) return undefined;
  const path = `${url.pathname}${url.search}${url.hash}`;
  return path === HOME ? undefined : path;
}

/** A path with a query of the given names and values; those without a value are left out. */
export function pathWith(
  path: string,
  query: Readonly<Record<string, string | undefined>>,
): string {
  const given = Object.entries(query).filter(
    (pair): pair is [string, string] => pair[1] !== undefined,
  );
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given).toString()}`;
}
