import { useHistoryState } from 'wouter/use-browser-location';

/**
 * A value that the browser's history keeps with this view: Back and Reload find it, and no address shows it.
 * @param name of the value, one in a view.
 */
export function useKept<Value>(name: string, initial: Value) {
  const state = useHistoryState<Readonly<Record<string, Value>> | null>();
  const keep = (value: Value) =>
    window.history.replaceState({ ...window.history.state, [name]: value }, '');
  return [state?.[name] ?? initial, keep] as const;
}
