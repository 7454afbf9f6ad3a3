let ahead = 0;

/** How far the sandbox's clock is ahead of this machine's, in milliseconds. */
export const setAhead = (ms: number): void => {
  ahead = ms;
};

/** What time it is in the sandbox. */
export const sandboxNow = (): number => Date.now() + ahead;
