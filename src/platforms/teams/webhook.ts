import express, { type ErrorRequestHandler, type Request, type RequestHandler, type Response } from 'express';
import type { Log } from '../../core/log.js';
import { type Activity, readActivity, tenantOf } from './activity.js';
import type { HttpAnswer } from './answers.js';
import type { Callers } from './callers.js';
import { isInstall } from './events.js';
import { isLoopbackAddress, type Trust } from './hosts.js';
import { limits } from './limits.js';
import { callIdOf } from './payloads.js';
import type { Receive } from './receive.js';

export interface WebhookParts {
  readonly callers: Callers;
  readonly anonymous: boolean;
  readonly trusts: Trust;
  readonly allows: (tenant: string) => Promise<boolean>;
  /** Called for each activity that is let in. */
  readonly saw: (tenant: string, serviceUrl: string) => void;
  readonly receive: Receive;
  readonly log: Log;
}

export interface Webhook {
  readonly handlers: readonly (RequestHandler | ErrorRequestHandler)[];
  /** Turns new calls away and resolves when those in flight are answered. */
  drain(): Promise<void>;
}

/** Nothing is said with these: whoever is refused learns nothing. */
const refused = (status: number): HttpAnswer => ({ status });

/** Without tokens anybody who can reach the port speaks as anybody, so nobody beyond this machine may, proxied or not. */
const comesFromHere = (req: Request): boolean =>
  isLoopbackAddress(req.socket.remoteAddress) &&
  req.headers['x-forwarded-for'] === undefined &&
  req.headers.forwarded === undefined;

/** The list is in the database. Whoever was on it is let in while that is away, to be told that nothing was saved. */
const rememberAllowed = (allows: WebhookParts['allows']): WebhookParts['allows'] => {
  const known = new Set<string>();
  return async (tenant) => {
    const allowed = await allows(tenant).catch((error: unknown) => {
      if (known.has(tenant)) return true;
      throw error;
    });
    if (allowed) known.add(tenant);
    else known.delete(tenant);
    return allowed;
  };
};

/**
 * The tenant whose conversation it is must be known; in a shared channel people of others speak too, and the core tells
 * those it does not know. An install is how a tenant becomes known.
 */
const isAllowed = async (activity: Activity, allows: WebhookParts['allows']): Promise<boolean> => {
  const host = tenantOf(activity);
  return host !== '' && ((await allows(host)) || isInstall(activity));
};

const createDoor = (parts: WebhookParts) => {
  const { callers, anonymous, trusts, saw, receive, log } = parts;
  const allows = rememberAllowed(parts.allows);

  const letIn = async (body: object, activity: Activity, header: string): Promise<HttpAnswer> => {
    // botbuilder checks tokens of some other channels differently; Entente knows none of them.
    if (!anonymous && activity.channelId !== 'msteams') return refused(403);
    const verdict = await callers.check(activity, header);
    if (verdict.caller === 'unchecked') log.error({ err: verdict.cause }, 'signing keys not available');
    if (verdict.caller !== 'known') return refused(verdict.caller === 'refused' ? 401 : 503);
    if (!trusts(activity.serviceUrl)) {
      log.warn({ call: callIdOf(activity) }, 'service url not trusted');
      return refused(403);
    }
    if (!(await isAllowed(activity, allows))) {
      log.warn({ tenant: tenantOf(activity) }, 'tenant not on the list');
      return refused(403);
    }
    saw(tenantOf(activity), activity.serviceUrl);
    let answer = refused(500);
    await callers.turn(verdict.identity, body, async () => {
      answer = await receive(activity);
    });
    return answer;
  };

  return async (req: Request): Promise<HttpAnswer> => {
    const activity = readActivity(req.body);
    if (!activity) return refused(400);
    try {
      return await letIn(req.body, activity, req.headers.authorization ?? '');
    } catch (err) {
      log.error({ call: callIdOf(activity), err }, 'activity failed');
      return refused(500);
    }
  };
};

const send = (res: Response, { status, body }: HttpAnswer): void => {
  if (body === undefined) res.status(status).end();
  else res.status(status).json(body);
};

/** What express.json says of a body it does not take, without its stack. */
const bodyRefused: ErrorRequestHandler = (error, _req, res, _next) => {
  const status = Number(error?.status);
  res.status(status >= 400 && status < 500 ? status : 500).end();
};

export const createWebhook = (parts: WebhookParts): Webhook => {
  const open = createDoor(parts);
  const inFlight = new Set<Promise<void>>();
  let closed = false;

  const guard: RequestHandler = (req, res, next) => {
    if (closed) res.status(503).set('retry-after', '5').end();
    else if (parts.anonymous && !comesFromHere(req)) res.status(403).end();
    else next();
  };
  const handle: RequestHandler = async (req, res) => {
    const answered = open(req).then((answer) => send(res, answer));
    inFlight.add(answered);
    await answered.finally(() => inFlight.delete(answered));
  };
  return {
    handlers: [guard, express.json({ limit: limits.bodyBytes }), handle, bodyRefused],
    async drain() {
      closed = true;
      await Promise.allSettled(inFlight);
    },
  };
};
