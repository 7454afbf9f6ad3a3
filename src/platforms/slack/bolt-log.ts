/* Bolt's own words, quietly: they may quote a request's body or an API's answer, which our log never does. */
import { type Logger, LogLevel } from '@slack/bolt';
import type { Log } from '../../core/log.js';

/** The sentence up to where Bolt begins to quote. */
const gist = (said: readonly unknown[]): string =>
  typeof said[0] === 'string' ? (/^[\w' -]{0,100}/.exec(said[0])?.[0].trim() ?? '') : '';

const codeIn = (said: readonly unknown[]): string | undefined =>
  typeof said[0] === 'string' ? /\(code: (\w+)/.exec(said[0])?.[1] : undefined;

export const boltLog = (log: Log): Logger => ({
  debug: () => undefined,
  info: () => undefined,
  warn: (...said: unknown[]) => log.warn({ code: codeIn(said) }, `bolt: ${gist(said)}`),
  error: (...said: unknown[]) => log.error({ code: codeIn(said) }, `bolt: ${gist(said)}`),
  setLevel: () => undefined,
  getLevel: () => LogLevel.INFO,
  setName: () => undefined,
});
