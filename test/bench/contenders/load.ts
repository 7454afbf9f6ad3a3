/*
 * So many people at once, each sending the next call when the last one is answered. Calls are made and signed before the
 * clock starts; sockets are spoken to by hand, so that the load costs a fraction of what it measures.
 */
import { connect, type Socket } from 'node:net';
import { answerStarter } from '../processes.js';
import { type Post, slackCommand, teamsPress } from '../world.js';

export interface Load {
  readonly port: number;
  readonly concurrency: number;
  /** Number of the first call: each is sent once. */
  readonly from: number;
  readonly calls: number;
  /** What each answer's body must contain. */
  readonly expect: string;
  /** Commands are spread over so many channels; one unless told. */
  readonly among?: number;
  /** Set: presses on these decisions, instead of commands. */
  readonly presses?: {
    readonly decisions: readonly string[];
    readonly teamsUrl: string;
    readonly authorization: string;
  };
}

export interface LoadResult {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

const written = ({ path, headers, body }: Post, port: number): Buffer => {
  const lines = Object.entries({ host: `127.0.0.1:${port}`, ...headers, 'content-length': Buffer.byteLength(body) });
  return Buffer.from(
    `POST ${path} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n${body}`,
  );
};

const callsOf = ({ port, from, calls, among, presses }: Load): Buffer[] =>
  Array.from({ length: calls }, (_, i) => {
    const press = presses && teamsPress(presses.decisions[i] ?? '', from + i, presses.teamsUrl, presses.authorization);
    return written(press ?? slackCommand(from + i, among), port);
  });

interface Heard {
  readonly status: number;
  readonly body: string;
}

/** The answer once it is there as a whole; both contenders always say how long theirs is. */
const parse = (text: string): Heard | undefined => {
  const end = text.indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const length = Number(/\r\ncontent-length: *(\d+)/i.exec(text.slice(0, end))?.[1] ?? 0);
  const body = Buffer.from(text.slice(end + 4));
  return body.length < length ? undefined : { status: Number(text.slice(9, 12)), body: body.toString() };
};

const exchange = (socket: Socket, call: Buffer): Promise<Heard> =>
  new Promise((resolve, reject) => {
    let text = '';
    const leave = (): void => {
      socket.off('data', hear).off('error', fail).off('close', closed);
    };
    const fail = (error: Error): void => {
      leave();
      reject(error);
    };
    const closed = (): void => fail(new Error(`closed after: ${text.slice(0, 300)}`));
    const hear = (chunk: Buffer): void => {
      text += chunk.toString();
      const heard = parse(text);
      if (!heard) return;
      leave();
      resolve(heard);
    };
    socket.on('data', hear).on('error', fail).on('close', closed).write(call);
  });

const opened = (port: number): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => resolve(socket.setNoDelay()));
    socket.once('error', reject);
  });

const share = (sorted: readonly number[], part: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;

const run = async (load: Load): Promise<LoadResult> => {
  const waiting = callsOf(load).reverse();
  const sockets = await Promise.all(Array.from({ length: load.concurrency }, () => opened(load.port)));
  const took: number[] = [];
  const person = async (socket: Socket): Promise<void> => {
    for (let call = waiting.pop(); call; call = waiting.pop()) {
      const sentAt = performance.now();
      const { status, body } = await exchange(socket, call);
      took.push(performance.now() - sentAt);
      if (status !== 200 || !body.includes(load.expect)) throw new Error(`answered ${status}: ${body.slice(0, 300)}`);
    }
  };
  const startedAt = performance.now();
  await Promise.all(sockets.map(person));
  const seconds = (performance.now() - startedAt) / 1000;
  for (const socket of sockets) socket.destroy();
  took.sort((a, b) => a - b);
  return { perSecond: load.calls / seconds, p50Ms: share(took, 0.5), p99Ms: share(took, 0.99) };
};

answerStarter({}, { run });
