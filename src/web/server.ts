import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import express, { type Express } from 'express';
import type { Log } from '../core/log.js';
import { tellAbout } from './about.js';
import { type Part, tellHealth, tellMetrics, tellReadiness } from './health.js';
import type { Metrics } from './metrics.js';
import { tellWhere } from './record-link.js';
import { nothingHere, securityHeaders, tellError, watchRequests } from './requests.js';

export interface Surface {
  readonly log: Log;
  readonly metrics: Metrics;
  /** Which parts there are and what keeps each from working. */
  readonly ready: () => Promise<readonly Part[]>;
  /** Milliseconds until a silent check counts as not ready; 2,000 unless told. */
  readonly readyWithinMs?: number;
}

export interface Served {
  readonly port: number;
  /** Takes no new connection, lets what is in flight finish, and cuts what is left after `withinMs`. */
  close(withinMs: number): Promise<void>;
}

export interface Web {
  /** Webhooks and pages are mounted on it before it listens. It parses no body: Bolt must see the raw one. */
  readonly app: Express;
  /** For what is not a request, such as a WebSocket's upgrade. */
  readonly server: Server;
  listen(host: string, port: number): Promise<Served>;
}

/** Proxies keep connections for up to 60 s; closing first would drop a request that is just on its way. */
const keepAliveMs = 65_000;
/** A body that trickles in for longer is nobody's webhook. */
const requestMs = 30_000;

const started = (server: Server, host: string, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });

/** Node's own closeAllConnections leaves upgraded sockets open, and the process waits for them. */
const trackSockets = (server: Server): ReadonlySet<Socket> => {
  const open = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  });
  return open;
};

const closed = (server: Server, sockets: ReadonlySet<Socket>, withinMs: number): Promise<void> =>
  new Promise((resolve) => {
    const cut = setTimeout(() => {
      for (const socket of sockets) socket.destroy();
    }, withinMs);
    server.close(() => {
      clearTimeout(cut);
      resolve();
    });
    server.closeIdleConnections();
  });

/** The one web server: request log, health, metrics, and whatever is mounted on `app` before it listens. */
export const createWeb = ({ log, metrics, ready, readyWithinMs = 2000 }: Surface): Web => {
  let closing = false;
  const app = express();
  const server = createServer({ keepAliveTimeout: keepAliveMs, requestTimeout: requestMs }, app);
  const sockets = trackSockets(server);
  app.disable('x-powered-by');
  app.use(securityHeaders, watchRequests(log, metrics), (_req, res, next) => {
    if (closing) res.setHeader('connection', 'close');
    res.once('close', () => closing && setImmediate(() => server.closeIdleConnections()));
    next();
  });
  app.get('/healthz', tellHealth);
  app.get(
    '/readyz',
    tellReadiness(ready, readyWithinMs, () => closing),
  );
  app.get('/metrics', tellMetrics(metrics));
  app.get('/about', tellAbout);
  app.get('/r/:alliance/:label', tellWhere);

  return {
    app,
    server,
    listen: async (host, port) => {
      app.use(nothingHere, tellError(log));
      await started(server, host, port);
      return {
        port: (server.address() as AddressInfo).port,
        close: (withinMs) => {
          closing = true;
          return closed(server, sockets, withinMs);
        },
      };
    },
  };
};
