/** Whoever wants to hear of something, until they want no more. */
export const createListeners = <T>() => {
  const listeners = new Set<(value: T) => void>();
  return {
    tell: (value: T) => {
      for (const hear of listeners) hear(value);
    },
    add: (hear: (value: T) => void) => {
      listeners.add(hear);
      return () => void listeners.delete(hear);
    },
  };
};
