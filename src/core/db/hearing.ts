import { AsyncResource } from 'node:async_hooks';

/** Who in this process listens to which topic. */
export interface Hearing {
  listen(topic: string, hear: () => void): () => void;
  ring(topic: string): void;
  ringAll(): void;
}

export const hearing = (): Hearing => {
  const ears = new Map<string, Set<() => void>>();
  const ring = (topic: string): void => {
    for (const hear of ears.get(topic) ?? []) hear();
  };
  return {
    listen: (topic, hear) => {
      // Bound to the listener's own context: whoever rings may be inside a write, and what is heard is not.
      const ear = AsyncResource.bind(hear);
      const listeners = ears.get(topic) ?? new Set();
      ears.set(topic, listeners.add(ear));
      return () => void listeners.delete(ear);
    },
    ring,
    ringAll: () => {
      for (const topic of ears.keys()) ring(topic);
    },
  };
};
