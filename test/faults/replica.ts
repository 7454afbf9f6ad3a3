import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type { Course } from './course.js';
import type { Order } from './entente.js';

/** How a process ended: by itself with a code, or by a signal. */
export interface End {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly ms: number;
}

/** One process of Entente. */
export interface Replica {
  readonly pid: number;
  readonly port: number;
  /** What it logged as errors: the first of them, a line each. */
  readonly errors: () => readonly string[];
  readonly running: () => boolean;
  /** Cards that are behind, as its metrics say. */
  behind(): Promise<number>;
  /** How many calls of the platforms it has answered. */
  answered(): Promise<number>;
  kill(): Promise<End>;
  /** Asks it to stop, as a supervisor does. */
  terminate(): Promise<End>;
  freeze(): void;
  thaw(): void;
  /** Its clock goes so from now on. */
  steer(course: Course): void;
}

/** A process with everything loaded, waiting to be told what to serve: loading takes far longer than starting. */
export interface Loaded {
  start(order: Order): Promise<Replica>;
  kill(): void;
}

const program = new URL('./entente.ts', import.meta.url);
const processes = new Set<ChildProcess>();

/** Ends what a failed test left running; a frozen process too. */
export const killAll = (): void => {
  for (const child of processes) child.kill('SIGKILL');
};

const spawn = (): ChildProcess => {
  const child = fork(program, {
    execArgv: ['--import', 'tsx'],
    env: { PATH: process.env.PATH },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  processes.add(child);
  child.once('exit', () => processes.delete(child));
  return child;
};

const listen = (child: ChildProcess): (() => readonly string[]) => {
  let said = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  return () => {
    const lines = said.split('\n').filter((line) => line !== '');
    return lines.slice(0, 5).map((line) => line.slice(0, 600));
  };
};

/** Whatever it says next, or an error with what it wrote when it ends instead. */
const answer = async (child: ChildProcess, errors: () => readonly string[]): Promise<unknown> => {
  const stop = new AbortController();
  const { signal } = stop;
  const said = once(child, 'message', { signal }).then(([message]) => message);
  const ended = once(child, 'close', { signal }).then(() => {
    throw new Error(`Entente did not start:\n${errors().join('\n')}`);
  });
  return Promise.race([said, ended]).finally(() => {
    stop.abort();
    for (const loser of [said, ended]) loser.catch(() => undefined);
  });
};

const metric = async (port: number, pattern: RegExp): Promise<number> => {
  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  const values = [...text.matchAll(pattern)].map(([, value]) => Number(value));
  return values.reduce((sum, value) => sum + value, 0);
};

const end = async (child: ChildProcess, signal: NodeJS.Signals): Promise<End> => {
  const from = performance.now();
  const gone = once(child, 'exit');
  child.kill(signal);
  const [code, by] = await gone;
  return { code, signal: by, ms: performance.now() - from };
};

export const load = async (): Promise<Loaded> => {
  const child = spawn();
  const errors = listen(child);
  await answer(child, errors);
  return {
    start: async (order) => {
      child.send(order);
      const { port } = (await answer(child, errors)) as { port: number };
      return {
        pid: child.pid ?? 0,
        port,
        errors,
        running: () => child.exitCode === null && child.signalCode === null,
        behind: () => metric(port, /^entente_cards_behind (\S+)$/gm),
        answered: () => metric(port, /^entente_acknowledgement_seconds_count\{[^}]*outcome="taken"[^}]*\} (\S+)$/gm),
        kill: () => end(child, 'SIGKILL'),
        terminate: () => end(child, 'SIGTERM'),
        freeze: () => void child.kill('SIGSTOP'),
        thaw: () => void child.kill('SIGCONT'),
        steer: (course) => void (child.connected && child.send({ course })),
      };
    },
    kill: () => void child.kill('SIGKILL'),
  };
};
