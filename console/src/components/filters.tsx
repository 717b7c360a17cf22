import type { InputHTMLAttributes } from 'react';
import { useSearchParams } from 'wouter';

/** The filters of a list. They are in the address: no place for what is personal, see `useKept`. */
export function useFilters() {
  const [filters, setFilters] = useSearchParams();
  const set = (name: string, value: string) =>
    setFilters(
      (before) => {
        before.delete(name);
        if (value !== '') before.set(name, value);
        return before;
      },
      { replace: true, state: window.history.state },
    );
  return { filters: filters.toString(), valueOf: (name: string) => filters.get(name) ?? '', set };
}

interface FilterProps {
  label: string;
  /** Of the filter in the address. */
  name: string;
  filters: ReturnType<typeof useFilters>;
}

/** A choice among words, or any. */
export function WordFilter({
  label,
  name,
  filters,
  words,
}: FilterProps & { words: readonly string[] }) {
  return (
    <label className="filter">
      <span>{label}</span>
      <select
        value={filters.valueOf(name)}
        onChange={({ target }) => filters.set(name, target.value)}
      >
        <option value="">any</option>
        {words.map((word) => (
          <option key={word}>{word}</option>
        ))}
      </select>
    </label>
  );
}

/** Something typed: an id, a time. */
export function TypedFilter({
  label,
  name,
  filters,
  ...input
}: FilterProps & InputHTMLAttributes<HTMLInputElement>) {
  return (
    <label className="filter">
      <span>{label}</span>
      <input
        {...input}
        value={filters.valueOf(name)}
        onChange={({ target }) => filters.set(name, target.value.trim())}
      />
    </label>
  );
}
