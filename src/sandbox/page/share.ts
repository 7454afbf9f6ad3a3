/** `next`, with every part that equals `previous` being the very same object, so that nothing unchanged is drawn again. */
export function share<T>(previous: unknown, next: T): T {
  if (Object.is(previous, next)) return next;
  if (!isObject(previous) || !isObject(next) || Array.isArray(previous) !== Array.isArray(next)) return next;
  const keys = Object.keys(next);
  let same = keys.length === Object.keys(previous).length;
  const shared: Record<string, unknown> = {};
  for (const key of keys) {
    shared[key] = share(previous[key], next[key]);
    same &&= key in previous && Object.is(shared[key], previous[key]);
  }
  if (same) return previous as T;
  return (Array.isArray(next) ? keys.map((key) => shared[key]) : shared) as T;
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
