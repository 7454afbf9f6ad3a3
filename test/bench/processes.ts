/*
 * Each contender, the load and the fake platforms are processes of their own: none spends another's time.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** A started process that answers questions, one after the other. */
export interface Running<Ready> {
  readonly ready: Ready;
  ask<T>(question: string, given?: unknown): Promise<T>;
  stop(): Promise<void>;
}

interface Reply {
  readonly answer?: unknown;
  readonly error?: string;
}

type Question = { readonly question: string; readonly given?: unknown };

/** What a process has used so far. */
export interface Usage {
  readonly cpuMs: number;
  readonly rssMb: number;
}

/** Starts `contenders/<name>`, as compiled, and waits until it is ready. */
export const startProcess = async <Ready>(name: string, options: unknown = {}): Promise<Running<Ready>> => {
  const program = fileURLToPath(new URL(`../../dist/bench/contenders/${name}.js`, import.meta.url));
  const child = fork(program, [JSON.stringify(options)], {
    execArgv: [],
    env: { ...process.env, NODE_ENV: 'production' },
  });
  const reply = async <T>(): Promise<T> => {
    const stop = new AbortController();
    const ended = once(child, 'exit', stop).then(() => [{ error: `${name} ended` }]);
    const [message] = (await Promise.race([once(child, 'message', stop), ended])) as [Reply];
    stop.abort();
    ended.catch(() => undefined);
    if (message.error !== undefined) throw new Error(`${name}: ${message.error}`);
    return message.answer as T;
  };
  return {
    ready: await reply<Ready>(),
    ask: <T>(question: string, given?: unknown) => {
      const answered = reply<T>();
      child.send({ question, given } satisfies Question);
      return answered;
    },
    stop: async () => {
      const gone = once(child, 'exit');
      child.disconnect();
      await gone;
    },
  };
};

/** In the started process: the options it was given. */
export const givenOptions = <T>(): T => JSON.parse(process.argv[2] ?? '{}') as T;

type Answers = Readonly<Record<string, (given: never) => unknown>>;

const usage = (): Usage => {
  const { user, system } = process.cpuUsage();
  return { cpuMs: (user + system) / 1000, rssMb: process.memoryUsage.rss() / 2 ** 20 };
};

/** In the started process: tells that it is ready and answers from then on. It ends when whoever started it does. */
export const answerStarter = (ready: unknown, answers: Answers, stop = async (): Promise<void> => undefined): void => {
  const known: Answers = { usage, ...answers };
  process.on('message', async ({ question, given }: Question) => {
    const reply: Reply = await Promise.resolve(given)
      .then(known[question] as (given: unknown) => unknown)
      .then(
        (answer) => ({ answer }),
        (error: unknown) => ({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
      );
    process.send?.(reply);
  });
  process.on('disconnect', () => void stop().finally(() => process.exit()));
  process.send?.({ answer: ready });
};
