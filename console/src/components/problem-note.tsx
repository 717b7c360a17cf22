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
      {onAgain && (
        <button type="button" onClick={() => void onAgain()}>
          Try again
        </button>
      )}
    </div>
  );
}
