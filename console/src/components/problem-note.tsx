import { ApiProblem } from '../../../client/user-api.js';

/** Where the service says that a filter is wrong; faults of a form stand beside its fields. */
const QUERY = 'query/';

interface ProblemProps {
  error: Error | null | undefined;
  /** Asks once more. Without it there is no button for that. */
  onAgain?: () => unknown;
}

/** A refusal, in the words of the service. Nothing without one. */
export function ProblemNote({ error, onAgain }: ProblemProps) {
  if (!error) return null;
  return (
    <div className="problem" role="alert">
      <p>{error.message}</p>
      {filterFaults(error).map((fault) => (
        <p key={fault}>{fault}</p>
      ))}
      {onAgain && (
        <button type="button" onClick={() => void onAgain()}>
          Try again
        </button>
      )}
    </div>
  );
}

/** Such as `actor_id must be a UUID`. */
function filterFaults(error: Error): string[] {
  const faults = error instanceof ApiProblem ? (error.problem.errors ?? []) : [];
  return faults
    .filter(({ pointer }) => pointer.startsWith(QUERY))
    .map(({ pointer, detail }) => `${pointer.slice(QUERY.length)} ${detail}`);
}
