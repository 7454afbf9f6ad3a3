import { type DestinationStream, destination, pino, stdTimeFunctions } from 'pino';
import type { LogLevel } from './config.js';
import { DeliveryError } from './core/errors.js';
import type { Log } from './core/log.js';

/** Secrets, and what people write: a log line that takes such a thing along by accident loses it. */
const hidden: ReadonlySet<string> = new Set([
  ...['token', 'botToken', 'appToken', 'signingSecret', 'secret', 'password', 'authorization', 'cookie'],
  ...['text', 'words', 'values', 'quote', 'view', 'body', 'params'],
]);

const isPlain = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;

/** By hand, since pino's redaction by path costs a line ten times what the line does. */
const withoutHidden = (fields: Readonly<Record<string, unknown>>, depth = 0): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(fields).map(([key, value]) => {
      if (hidden.has(key)) return [key, '[hidden]'];
      return [key, isPlain(value) && depth < 4 ? withoutHidden(value, depth + 1) : value];
    }),
  );

/** Tokens as Slack and Microsoft write them, wherever in a line they stand. */
const tokenLike = /xox[a-z](\.xox[a-z])?-[\w-]+|xapp-[\w-]+|Bearer [\w.~+/=-]+|eyJ[\w-]+\.[\w-]+\.[\w-]+/g;

interface LoggedError {
  readonly type: string;
  readonly code?: string;
  readonly message?: string;
  readonly issues?: readonly string[];
  readonly stack?: readonly string[];
  readonly cause?: LoggedError;
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
/** The stack begins with the message, which may have any number of lines. */
const frames = ({ stack = '', message }: Error): string[] =>
  stack
    .slice(stack.indexOf(message) + message.length)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => /^at .+:\d+:\d+\)?$/.test(line));

const issues = (value: unknown): string[] | undefined =>
  Array.isArray(value)
    ? value.map(({ path, code }: { path?: unknown[]; code?: unknown }) => `${path?.join('.') ?? ''}: ${String(code)}`)
    : undefined;

/**
 * An error without what people wrote: a failed query's message carries its parameters, a failed JSON.parse a piece of
 * the text. So a message is kept only where it can hold neither: from the operating system, and our own codes.
 */
const describeError = (error: unknown, depth = 0): LoggedError => {
  if (!(error instanceof Error)) return { type: typeof error };
  const { code, syscall, issues: faults } = error as Error & Record<string, unknown>;
  return {
    type: error.name,
    code: error instanceof DeliveryError ? error.reason : textOf(code),
    message: textOf(syscall) && error.message,
    issues: issues(faults),
    stack: frames(error),
    cause: error.cause === undefined || depth > 3 ? undefined : describeError(error.cause, depth + 1),
  };
};

/** Under `error` stands an error or a code of ours. */
const errorOrCode = (value: unknown): unknown => (typeof value === 'string' ? value : describeError(value));

/** One line for a terminal: '14:02:11 info  started port=3000'. */
const pretty = (to: DestinationStream): DestinationStream => ({
  write: (line) => {
    const { time, level, msg = '', pid: _pid, hostname: _host, ...rest } = JSON.parse(line) as Record<string, unknown>;
    const fields = Object.entries(rest).map(([key, value]) => ` ${key}=${textOf(value) ?? JSON.stringify(value)}`);
    to.write(`${String(time).slice(11, 19)} ${String(level).padEnd(5)} ${String(msg)}${fields.join('')}\n`);
  },
});

export interface LogOptions {
  /** For a person at a terminal, instead of JSON. */
  readonly pretty?: boolean;
  /** Standard output unless given; it is written at once, so that the last line before a crash is not lost. */
  readonly to?: DestinationStream;
}

export const createLog = (level: LogLevel, options: LogOptions = {}): Log => {
  const to = options.to ?? destination({ dest: 1, sync: true });
  return pino(
    {
      level,
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }), log: (fields) => withoutHidden(fields) },
      serializers: { err: (error) => describeError(error), error: errorOrCode },
      hooks: {
        // Without a message pino takes the error's own, which may hold what people wrote.
        logMethod(args, method) {
          const [first, message] = args as [unknown, ...unknown[]];
          const fields = first instanceof Error ? { err: first } : first;
          const carriesError = typeof fields === 'object' && fields !== null && 'err' in fields;
          if (carriesError && message === undefined) method.call(this, fields, 'failed');
          else method.apply(this, args);
        },
        streamWrite: (line) => line.replace(tokenLike, '[hidden]'),
      },
    },
    options.pretty ? pretty(to) : to,
  );
};
