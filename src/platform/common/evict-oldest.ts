/**
 * Bounds a map that is used as a cache: removes expired entries, and then the oldest ones above the
 * limit. A Map keeps the order of insertion, so it stops at the first entry to keep.
 * @param most maximum number of entries.
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
