import { ApiProblem } from '../../../client/user-api.js';
import { type Fault, faultsOf } from './faults.js';

interface ProblemProps {
  error: Error | null | undefined;
  /** Names of fields that show by themselves what is wrong with them. */
  marked?: ReadonlySet<string> | undefined;
  /** Asks once more. Without it there is no button for that. */
  onAgain?: () => unknown;
}

const NONE: ReadonlySet<string> = new Set();

/** A refusal, in the words of the service, and what is wrong with each part that is not marked. Nothing without one. */
export function ProblemNote({ error, marked = NONE, onAgain }: ProblemProps) {
  if (!error) return null;
  const faults = faultsOf(error);
  const others = faults.filter(({ name }) => !marked.has(name));
  const sentences = new Set(others.map(sentenceOf));
  return (
    <div className="problem" role="alert">
      <p>
        {others.length < faults.length ? 'Please correct the marked fields.' : messageOf(error)}
      </p>
      {[...sentences].map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      {onAgain && (
        <button type="button" onClick={() => void onAgain()}>
          Try again
        </button>
      )}
    </div>
  );
}

/** What the service says of an invalid request is written for programs. */
function messageOf(error: Error): string {
  const invalid = error instanceof ApiProblem && error.code === 'request.invalid';
  return invalid ? 'The service does not accept this.' : error.message;
}

/** Such as `Actor id must be a UUID.` */
function sentenceOf({ name, detail }: Fault): string {
  const words = name === '' ? 'The request' : name.replaceAll('_', ' ');
  return `${words.charAt(0).toUpperCase()}${words.slice(1)} ${detail}.`;
}
