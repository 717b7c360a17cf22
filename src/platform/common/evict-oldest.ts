/**
 * Keeps a map that is used as a cache small: drops entries that are over, and the oldest of what is
 * still too many. A Map keeps the order of insertion, so it stops at the first entry worth keeping.
 * @param most entries that may stay.
 */
export function evictOldest<Value>(
  entries: Map<string, Value>,
  most: number,
  isOver: (value: Value) => boolean,
): void {
  for (const [key, value] of entries) {
    if (entries.size <= most && !isOver(value)) return;
    entries.delete(key);
  }
}
