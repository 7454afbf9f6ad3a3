import { Agent, request } from 'node:http';

/** What a fake platform answers Entente. */
export interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** What Entente answered a fake platform. `status` is 0 when no answer came. */
export interface Delivery {
  readonly status: number;
  readonly ms: number;
  readonly failure?: 'timeout' | 'unreachable';
  readonly text: string;
}

export interface Parcel {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly timeoutMs: number;
  /** Over a connection of its own: one that was refused halfway through its body cannot be used again. */
  readonly alone?: boolean;
}

/** JSON where it is JSON, else the text. */
export const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};

export const isOk = (status: number): boolean => status >= 200 && status < 300;

export interface Wire {
  /** Never rejects: what went wrong is in the delivery. */
  post(parcel: Parcel): Promise<Delivery>;
  close(): void;
}

/** Requests over kept connections. node:http rather than fetch: it costs half the time, which counts in the bench. */
export const createWire = (): Wire => {
  const agent = new Agent({ keepAlive: true });
  const post = ({ url, headers, body, timeoutMs, alone }: Parcel): Promise<Delivery> =>
    new Promise((resolve) => {
      const startedAt = performance.now();
      const settle = (delivery: Omit<Delivery, 'ms'>) => {
        clearTimeout(timer);
        resolve({ ...delivery, ms: performance.now() - startedAt });
      };
      const outgoing = request(url, {
        method: 'POST',
        agent: alone ? false : agent,
        headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) },
      });
      const timer = setTimeout(() => {
        settle({ status: 0, failure: 'timeout', text: '' });
        outgoing.destroy();
      }, timeoutMs);
      outgoing.on('error', () => settle({ status: 0, failure: 'unreachable', text: '' }));
      outgoing.on('response', (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
        incoming.on('error', () => settle({ status: 0, failure: 'unreachable', text: '' }));
        incoming.on('end', () => settle({ status: incoming.statusCode ?? 0, text: Buffer.concat(chunks).toString() }));
      });
      outgoing.end(body);
    });
  return { post, close: () => agent.destroy() };
};
