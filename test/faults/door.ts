import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What stands in front of the replicas, as in production: one address, and each call to the next replica in turn. */
export interface Door {
  readonly url: string;
  /** The ports behind it. Without any, calls get 503. */
  lead(...ports: readonly number[]): void;
  close(): Promise<void>;
}

export const openDoor = async (): Promise<Door> => {
  const agent = new Agent({ keepAlive: false });
  let ports: readonly number[] = [];
  let turn = 0;
  const pass = (req: IncomingMessage, res: ServerResponse): void => {
    const port = ports[turn++ % Math.max(1, ports.length)];
    if (port === undefined) {
      res.writeHead(503).end();
      return;
    }
    const { method, headers, url: path } = req;
    const onward = request({ host: '127.0.0.1', port, agent, method, headers, path }, (answer) => {
      res.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(res);
      answer.on('error', () => res.destroy());
    });
    // Whoever calls sees the same as without the door: a connection that breaks.
    onward.on('error', () => res.destroy());
    req.pipe(onward);
  };
  const server = createServer(pass);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
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
