import { types } from 'node:util';

/** SQLSTATE, system code or the like; nothing where an error has none. */
export function codeOf(error: unknown): string | undefined {
  return types.isNativeError(error) && 'code' in error && typeof error.code === 'string'
    ? error.code
    : undefined;
}

/** What caused an error. TypeORM keeps the driver's error in a property of its own. */
export function causeOf(error: unknown): unknown {
  if (!(error instanceof Error)) return undefined;
  return 'driverError' in error ? error.driverError : error.cause;
}
