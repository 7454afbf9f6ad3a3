/* What is being answered right now, so that stopping can wait for it. */
export interface Inflight {
  readonly closed: boolean;
  track(work: Promise<unknown>): void;
  /** Takes nothing new; resolves when everything tracked has ended, however it ended. */
  close(): Promise<void>;
}

export const createInflight = (): Inflight => {
  const running = new Set<Promise<unknown>>();
  let closed = false;
  return {
    get closed() {
      return closed;
    },
    track(work) {
      const ended: Promise<unknown> = work.then(
        () => running.delete(ended),
        () => running.delete(ended),
      );
      running.add(ended);
    },
    async close() {
      closed = true;
      while (running.size > 0) await Promise.all(running);
    },
  };
};

/** What the work yields, or undefined once the time is over; the work itself goes on. */
export const withinMs = <T>(work: Promise<T>, ms: number): Promise<T | undefined> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, ms, undefined);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
};
