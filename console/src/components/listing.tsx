import { type QueryKey, useQuery } from '@tanstack/react-query';

import { Loading } from './loading.js';
import { Pager, usePages } from './pages.js';
import { ProblemNote } from './problem-note.js';
import { type Column, Table } from './table.js';
import { useDebounced } from './use-debounced.js';

const PAGE_SIZE = 25;

/** Which page to read. */
export interface PageQuery {
  readonly limit: number;
  readonly cursor?: string;
}

interface ListingProps<Row> {
  caption: string;
  columns: readonly Column<Row>[];
  empty: string;
  queryKey: QueryKey;
  /** A query string; a change begins the list anew. */
  filters?: string;
  read: (
    page: PageQuery,
    filters: Readonly<Record<string, string>>,
    signal: AbortSignal,
  ) => Promise<{ items: Row[]; next_cursor: string | null }>;
}

/** A list that is read in pages. */
export function Listing<Row extends { id: string }>({
  queryKey,
  filters = '',
  read,
  ...table
}: ListingProps<Row>) {
  const settled = useDebounced(filters);
  const pages = usePages(settled);
  const { data, error, isPending, isFetching, refetch } = useQuery({
    queryKey: [...queryKey, settled, pages.cursor],
    queryFn: ({ signal }) => {
      const page = {
        limit: PAGE_SIZE,
        ...(pages.cursor !== undefined && { cursor: pages.cursor }),
      };
      return read(page, Object.fromEntries(new URLSearchParams(settled)), signal);
    },
  });
  if (isPending) return <Loading />;
  return (
    <div className="card" tabIndex={-1} aria-busy={isFetching || settled !== filters}>
      <ProblemNote error={error} onAgain={refetch} />
      {data && (
        <Table
          {...table}
          rows={data.items}
          keyOf={({ id }) => id}
          empty={
            data.next_cursor === null ? table.empty : 'Nothing on this page; the next one goes on.'
          }
        />
      )}
      <Pager pages={pages} next={data?.next_cursor} />
    </div>
  );
}
