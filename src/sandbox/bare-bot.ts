import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface BotAnswer {
  readonly status?: number;
  readonly json?: unknown;
  readonly text?: string;
}

/** A bot of bare HTTP, in Entente's place in the sandbox's own tests. Its answers are what `answer` returns. */
export const startBareBot = async (answer: (received: Received) => BotAnswer | Promise<BotAnswer> = () => ({})) => {
  const received: Received[] = [];
  const server = createServer((req, res) => {
    const chunks: Buffer[] = [];
    req.on('data', (chunk: Buffer) => chunks.push(chunk));
    req.on('end', async () => {
      const request = { path: req.url ?? '', headers: req.headers, body: Buffer.concat(chunks).toString() };
      received.push(request);
      const { status = 200, json, text = '' } = await answer(request);
      res.statusCode = status;
      res.end(json === undefined ? text : JSON.stringify(json));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    slackEventsUrl: `${url}/slack/events`,
    teamsMessagesUrl: `${url}/api/messages`,
    received,
    close: async (): Promise<void> => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
};

export type BareBot = Awaited<ReturnType<typeof startBareBot>>;
