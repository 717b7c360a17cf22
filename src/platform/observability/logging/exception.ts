import { causeOf, codeOf } from '../../common/errors.js';
import { ProblemError } from '../../problems/problem.js';
import { isReported } from './outages.js';
import { framesOf } from './source-positions.js';

const MAX_CAUSES = 5;

/**
 * An error as text for the log: type, message and stack of it and its causes. Messages of the
 * database, of JSON parsing and of TypeORM repeat input, so those are reduced to their codes.
 * Errors of a logged outage have no stack: it would be the same for each request.
 */
export function describeException(error: unknown): string {
  const describe = isReported(error) ? safeMessage : withStack;
  const parts: string[] = [];
  for (let said = error; said !== undefined && parts.length < MAX_CAUSES; said = causeOf(said))
    parts.push(describe(said));
  return parts.join('\ncaused by: ');
}

/** OpenTelemetry's name for an error of an unknown type. */
const OTHER = '_OTHER';

/**
 * The kind of an error, one of few: the code of a problem, the class of any other error, or the
 * code of one with a general class, such as a system error.
 */
export function errorType(error: unknown): string {
  if (error instanceof ProblemError) return error.code;
  if (!(error instanceof Error)) return OTHER;
  const name = [error.name, error.constructor.name].find((word) => !/^error$/i.test(word));
  return name ?? codeOf(error) ?? OTHER;
}

/** The first line of an error: type and a message that is safe to show operators. */
export function safeMessage(error: unknown): string {
  if (!(error instanceof Error)) return 'a value that is no error was thrown';
  // undici says only `fetch failed`; what failed is in the cause.
  const code = codeOf(error) ?? codeOf(error.cause);
  return `${nameOf(error)}${code === undefined ? '' : ` [${code}]`}${messageOf(error)}`;
}

/** Few errors set their name; their class has it. */
function nameOf({ name, constructor }: Error): string {
  return name === 'Error' ? constructor.name : name;
}

function withStack(error: unknown): string {
  if (!(error instanceof Error)) return safeMessage(error);
  return [safeMessage(error), ...framesOf(error)].join('\n');
}

/** Empty for an error that repeats input; without the address of a failed connection. */
function messageOf(error: Error): string {
  if (repeatsInput(error)) return '';
  if ('syscall' in error && ('address' in error || 'hostname' in error))
    return `: ${String(error.syscall)} failed`;
  return `: ${error.message}`;
}

function repeatsInput(error: Error): boolean {
  // `severity` marks node-postgres' DatabaseError, `query` TypeORM's QueryFailedError.
  return (
    error instanceof SyntaxError ||
    error instanceof URIError ||
    'severity' in error ||
    'query' in error ||
    'statusCode' in error
  );
}
