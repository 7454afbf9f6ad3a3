import { useSyncExternalStore } from 'react';

/** Below this, two sides next to each other cannot be read. */
const query = matchMedia('(max-width: 819px)');

const subscribe = (onChange: () => void) => {
  query.addEventListener('change', onChange);
  return () => query.removeEventListener('change', onChange);
};

export const useNarrow = (): boolean => useSyncExternalStore(subscribe, () => query.matches);
