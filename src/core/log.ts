import type { Logger } from 'pino';

/** Structured logs: ids, codes and durations only, never what people wrote and never a token. */
export type Log = Logger;
