/** Adds an entry and forgets the oldest beyond `limit`. */
export const keepRecent = <K, V>(entries: Map<K, V>, key: K, value: V, limit: number): void => {
  entries.set(key, value);
  for (const oldest of entries.keys()) {
    if (entries.size <= limit) return;
    entries.delete(oldest);
  }
};
