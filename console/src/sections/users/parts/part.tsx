import { type QueryKey, useQuery } from '@tanstack/react-query';
import { type ReactNode, useId } from 'react';

import { Loading } from '../../../components/loading.js';
import { ProblemNote } from '../../../components/problem-note.js';

interface PartProps<Data> {
  title: string;
  queryKey: QueryKey;
  read: (signal: AbortSignal) => Promise<Data>;
  children: (data: Data) => ReactNode;
  /** Beside the title. */
  action?: (data: Data) => ReactNode;
}

/** A part of a user's view. It loads by itself: the others do not wait for it, or fail with it. */
export function Part<Data>({ title, queryKey, read, children, action }: PartProps<Data>) {
  const heading = useId();
  const { data, error, isPending, refetch } = useQuery({
    queryKey,
    queryFn: ({ signal }) => read(signal),
  });
  return (
    <section className="card" tabIndex={-1} aria-labelledby={heading}>
      <div className="heading">
        <h2 id={heading}>{title}</h2>
        {data !== undefined && action?.(data)}
      </div>
      <ProblemNote error={error} onAgain={refetch} />
      {data !== undefined && children(data)}
      {isPending && <Loading />}
    </section>
  );
}
