import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Delivery } from '../wire.js';
import { LIMITS } from './limits.js';

export type EnvelopeType = 'events_api' | 'slash_commands' | 'interactive';

export interface Envelope {
  readonly type: EnvelopeType;
  readonly payload: unknown;
  readonly retry?: { readonly number: number; readonly reason: string };
}

export interface Sockets {
  /** A single-use address for one connection. */
  address(): string;
  /** While one is connected, it gets everything and the request URL nothing. */
  connected(): boolean;
  send(envelope: Envelope): Promise<Delivery>;
  upgrade(req: IncomingMessage, socket: Duplex, head: Buffer): void;
  close(): void;
}

interface Waiting {
  readonly settle: (delivery: Omit<Delivery, 'ms'>) => void;
}

const createAcks = () => {
  const waiting = new Map<string, Waiting>();
  return {
    /** Resolves with the acknowledgement of `id`, or after Slack's patience. */
    wait: (id: string): Promise<Delivery> =>
      new Promise((resolve) => {
        const startedAt = performance.now();
        const settle: Waiting['settle'] = (delivery) => {
          clearTimeout(timer);
          waiting.delete(id);
          resolve({ ...delivery, ms: performance.now() - startedAt });
        };
        const timer = setTimeout(() => settle({ status: 0, failure: 'timeout', text: '' }), LIMITS.ackMs);
        waiting.set(id, { settle });
      }),
    hear: (data: string) => {
      const ack = JSON.parse(data) as { envelope_id?: string; payload?: object };
      const body = ack.payload && Object.keys(ack.payload).length > 0 ? JSON.stringify(ack.payload) : '';
      waiting.get(ack.envelope_id ?? '')?.settle({ status: 200, text: body });
    },
  };
};

/** Slack's end of Socket Mode. */
export const createSockets = (url: string, appId: string): Sockets => {
  const server = new WebSocketServer({ noServer: true });
  const tickets = new Set<string>();
  const open: WebSocket[] = [];
  const acks = createAcks();
  const forget = (socket: WebSocket) => open.splice(open.indexOf(socket), 1);
  server.on('connection', (socket) => {
    open.push(socket);
    socket.on('close', () => forget(socket));
    socket.on('message', (data) => acks.hear(data.toString()));
    socket.send(JSON.stringify({ type: 'hello', num_connections: open.length, connection_info: { app_id: appId } }));
  });
  return {
    address: () => {
      const ticket = randomUUID();
      tickets.add(ticket);
      return `${url}?ticket=${ticket}`;
    },
    connected: () => open.length > 0,
    send: async ({ type, payload, retry }) => {
      const id = randomUUID();
      const ack = acks.wait(id);
      const envelope = { envelope_id: id, type, payload, accepts_response_payload: type !== 'events_api' };
      const again = retry ? { retry_attempt: retry.number, retry_reason: retry.reason } : {};
      open[0]?.send(JSON.stringify({ ...envelope, ...again }));
      return ack;
    },
    upgrade: (req, socket, head) => {
      const ticket = new URL(req.url ?? '', url).searchParams.get('ticket') ?? '';
      if (!tickets.delete(ticket)) return void socket.destroy();
      server.handleUpgrade(req, socket, head, (client) => server.emit('connection', client, req));
    },
    close: () => {
      for (const socket of open) socket.terminate();
      server.close();
    },
  };
};
