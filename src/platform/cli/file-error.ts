/** Why a file cannot be used, without more than its error code: `ENOENT`. */
export function fileError(error: unknown): string {
  const { code } = Object(error) as { readonly code?: unknown };
  return typeof code === 'string' ? code : 'unknown error';
}
