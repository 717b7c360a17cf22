import { useKept } from './use-kept.js';

/** The cursors of the pages up to the one that is shown, of the list with these filters. */
interface Pages {
  readonly filters: string;
  readonly cursors: readonly string[];
}

/**
 * Pages of a list by keyset, back and forth. A view has one such list.
 * @param filters of the list; with others it begins anew.
 */
export function usePages(filters: string) {
  const [kept, keep] = useKept<Pages>('pages', { filters, cursors: [] });
  const cursors = kept.filters === filters ? kept.cursors : [];
  const goTo = (next: readonly string[]) => keep({ filters, cursors: next });
  return {
    cursor: cursors.at(-1),
    page: cursors.length + 1,
    back: cursors.length > 0 ? () => goTo(cursors.slice(0, -1)) : undefined,
    forth: (next: string) => goTo([...cursors, next]),
  };
}

interface PagerProps {
  pages: ReturnType<typeof usePages>;
  /** Of the page that is shown. */
  next: string | null | undefined;
}

/** Buttons to the page before and to the next one. Nothing where one page is all. */
export function Pager({ pages: { page, back, forth }, next }: PagerProps) {
  if (back === undefined && (next === null || next === undefined)) return null;
  return (
    <nav className="pager" aria-label="Pages">
      <button type="button" disabled={back === undefined} onClick={back}>
        Previous
      </button>
      <span aria-live="polite">Page {page}</span>
      <button
        type="button"
        disabled={next === null || next === undefined}
        onClick={() => forth(next ?? '')}
      >
        Next
      </button>
    </nav>
  );
}
