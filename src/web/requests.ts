import { randomUUID } from 'node:crypto';
import type { ErrorRequestHandler, Request, RequestHandler, Response } from 'express';
import type { PlatformId } from '../core/ids.js';
import type { Log } from '../core/log.js';
import type { AcknowledgementOutcome, Metrics } from './metrics.js';

/** Where the platforms call; what is measured as their acknowledgement. */
const webhooks: Readonly<Record<string, PlatformId>> = { '/slack/events': 'slack', '/api/messages': 'teams' };
/** Asked for every few seconds, or files of a page. */
const quietRoutes = new Set(['/healthz', '/readyz', '/metrics', '-']);

/** Pages loosen the policy where they need to; webhooks and health have nothing to load. */
const headers: Readonly<Record<string, string>> = {
  'content-security-policy':
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; object-src 'none'; base-uri 'none'; frame-ancestors 'self'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
};

export const securityHeaders: RequestHandler = (_req, res, next) => {
  for (const [name, value] of Object.entries(headers)) res.setHeader(name, value);
  next();
};

const outcomeOf = (res: Response): AcknowledgementOutcome => {
  if (!res.writableFinished) return 'abandoned';
  if (res.statusCode >= 500) return 'failed';
  return res.statusCode >= 400 ? 'refused' : 'taken';
};

/** The pattern, never the address itself: paths and queries may carry ids and tokens. */
const routeOf = (req: Request): string => (req.route ? `${req.baseUrl}${String(req.route.path)}` : req.baseUrl || '-');

const requestIds = new WeakMap<Response, string>();

/** Gives each request an id, and when its answer has gone out (or nobody waits for it any more) logs and measures it. */
export const watchRequests =
  (log: Log, metrics: Metrics): RequestHandler =>
  (req, res, next) => {
    const startedAt = performance.now();
    const request = randomUUID();
    const platform = req.method === 'POST' ? webhooks[req.path] : undefined;
    requestIds.set(res, request);
    res.setHeader('x-request-id', request);
    res.once('close', () => {
      const ms = performance.now() - startedAt;
      const route = platform === undefined ? routeOf(req) : req.path;
      const line = { request, method: req.method, route, status: res.statusCode, ms: Math.round(ms * 10) / 10 };
      log[quietRoutes.has(route) ? 'debug' : 'info'](line, res.writableFinished ? 'answered' : 'abandoned');
      if (platform !== undefined) metrics.acknowledged(platform, outcomeOf(res), ms);
    });
    next();
  };

export const nothingHere: RequestHandler = (_req, res) => {
  res.status(404).json({ error: 'There is nothing here.' });
};

const sentences: Readonly<Record<number, string>> = {
  413: 'That is too large.',
  415: 'That is in a form that is not read here.',
};

/** A parser's error has the status it wants; everything else is our fault, logged once and told without detail. */
export const tellError =
  (log: Log): ErrorRequestHandler =>
  (error: unknown, _req, res, _next) => {
    const wanted = Number((error as { status?: unknown } | null)?.status);
    const status = wanted >= 400 && wanted < 500 ? wanted : 500;
    const request = requestIds.get(res);
    if (status === 500) log.error({ err: error, request }, 'request failed');
    if (res.headersSent) {
      res.destroy();
      return;
    }
    const sentence = sentences[status] ?? 'That request could not be read.';
    const ours = `This failed on our side. Ask whoever runs Entente to look for ${request ?? 'it'} in the log.`;
    res.status(status).json({ error: status === 500 ? ours : sentence });
  };
