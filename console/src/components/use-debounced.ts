import { useEffect, useState } from 'react';

const PAUSE_MS = 150;

/** A value once it has not changed for a moment: for what is asked while somebody types. */
export function useDebounced<Value>(value: Value): Value {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}
