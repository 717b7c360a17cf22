/** A refusal, in the words of the service. Nothing without one. */
export function ProblemNote({ error }: { error: Error | null | undefined }) {
  if (!error) return null;
  return (
    <p className="problem" role="alert">
      {error.message}
    </p>
  );
}
