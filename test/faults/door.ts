import { Agent, createServer, type IncomingHttpHeaders, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** What Entente answered one call; nothing when the connection broke. */
export interface Heard {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** What stands in front of the replicas, as in production: one address, and each call to the next replica in turn. */
export interface Door {
  readonly url: string;
  /** With `times` above one: what each call was answered, all of its deliveries. */
  readonly heard: readonly (readonly (Heard | undefined)[])[];
  /** The ports behind it. Without any, calls get 503. */
  lead(...ports: readonly number[]): void;
  close(): Promise<void>;
}

interface Parcel {
  readonly method: string | undefined;
  readonly path: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

const send = (agent: Agent, port: number, { body, ...parcel }: Parcel): Promise<Heard | undefined> =>
  new Promise((resolve) => {
    const onward = request({ host: '127.0.0.1', port, agent, ...parcel }, async (answer) => {
      const { statusCode: status = 502, headers } = answer;
      resolve({ status, headers, body: String(await buffer(answer).catch(() => '')) });
    });
    onward.on('error', () => resolve(undefined));
    onward.end(body);
  });

/** `times` delivers each call so often at the same moment, as platforms do when they repeat themselves. */
export const openDoor = async (times = 1): Promise<Door> => {
  const agent = new Agent({ keepAlive: false });
  const heard: (Heard | undefined)[][] = [];
  let ports: readonly number[] = [];
  let turn = 0;
  const nextPort = (): number => ports[turn++ % ports.length] ?? 0;

  const server = createServer(async (req, res) => {
    const { method, headers, url: path } = req;
    const parcel = { method, headers, path, body: await buffer(req).catch(() => Buffer.alloc(0)) };
    if (ports.length === 0) {
      res.writeHead(503).end();
      return;
    }
    // Browsers ask once.
    const often = method === 'POST' ? times : 1;
    const answers = await Promise.all(Array.from({ length: often }, () => send(agent, nextPort(), parcel)));
    if (often > 1) heard.push(answers);
    const [first] = answers;
    // Whoever calls sees the same as without the door: a connection that breaks.
    if (first) res.writeHead(first.status, first.headers).end(first.body);
    else res.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    heard,
    lead: (...next) => {
      ports = next;
    },
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      agent.destroy();
      await closed;
    },
  };
};
