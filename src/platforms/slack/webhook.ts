/* Slack over HTTP: one address for commands, interactions and events, on the one web server. */
import { ExpressReceiver } from '@slack/bolt';
import type { Express, RequestHandler } from 'express';
import type { SlackConfig } from '../../config.js';
import type { Log } from '../../core/log.js';
import { boltLog } from './bolt-log.js';
import type { Inflight } from './inflight.js';
import { limits, patience } from './limits.js';

const PATH = '/slack/events';

/** Bolt knows a form only by this exact type; proxies add a charset to it. */
const FORM = 'application/x-www-form-urlencoded';

/** Takes nothing once we stop, and lets stopping wait for what was taken. */
export const gate =
  (inflight: Inflight): RequestHandler =>
  (request, response, next) => {
    if (inflight.closed) {
      response.status(503).end();
      return;
    }
    inflight.track(new Promise((resolve) => response.once('close', resolve)));
    if (request.headers['content-type']?.toLowerCase().startsWith(`${FORM};`)) request.headers['content-type'] = FORM;
    next();
  };

export const createWebhook = (http: Express, config: SlackConfig, inflight: Inflight, log: Log): ExpressReceiver => {
  http.post(PATH, gate(inflight));
  return new ExpressReceiver({
    app: http,
    signingSecret: config.signingSecret,
    endpoints: PATH,
    processBeforeResponse: true,
    bodyLimit: limits.bodyBytes,
    unhandledRequestTimeoutMillis: patience.unhandledMs,
    logger: boltLog(log),
  });
};
