import type { Installations } from '../src/core/installations.js';

/** For platforms that keep no tokens: nothing is found, and what is kept is lost. */
export const noInstallations: Installations = {
  find: async () => undefined,
  list: async () => [],
  save: async () => undefined,
  remove: async () => undefined,
  renew: async () => undefined,
  resealAll: async () => ({ resealed: 0, broken: 0 }),
};
