import express, { type Request, type Response, type Router } from 'express';
import type { Calls } from '../calls.js';
import { createTroubles } from '../failure.js';
import { createBuckets } from '../pace.js';
import type { Reply } from '../wire.js';
import { type Args, clientOf, decoded, deskFor, tokenOf, withoutSecrets } from './calling.js';
import { createConsentRouter } from './consent.js';
import { type Desk, SlackFault } from './desk.js';
import { createFileRouter } from './files.js';
import { POST_PER_CHANNEL, POST_PER_WORKSPACE, TIER_OF } from './limits.js';
import { methods } from './methods.js';
import { answerResponseUrl } from './replies.js';

export interface SlackServerOptions {
  readonly desk: Desk;
  readonly calls: Calls;
  readonly enforcePace: boolean;
  readonly refused: (what: string, detail: object) => void;
}

const createPace = (now: () => number, enforce: boolean) => {
  const buckets = createBuckets(now);
  /** Milliseconds to wait, 0 for none. */
  return (workspace: string, method: string, channel: unknown): number => {
    if (!enforce) return 0;
    const key = `${workspace} ${method}`;
    if (method === 'chat.postMessage')
      return buckets.take(`channel ${channel}`, POST_PER_CHANNEL) || buckets.take(key, POST_PER_WORKSPACE);
    const tier = TIER_OF[method];
    return tier ? buckets.take(key, tier) : 0;
  };
};

const rateLimited = (seconds: number): Reply => ({
  status: 429,
  headers: { 'retry-after': String(seconds) },
  body: { ok: false, error: 'ratelimited' },
});

const FATAL: Reply = { status: 500, body: { ok: false, error: 'internal_error' } };

const createMeeting = ({ desk, calls, refused }: SlackServerOptions) => {
  const trouble = createTroubles(() => desk.world.slack.failure);
  /** Lets a call meet its trouble, answers it otherwise, and records it before anybody can see the answer. */
  return async (req: Request, res: Response, method: string, serve: () => Reply): Promise<void> => {
    const met = await trouble();
    const body = withoutSecrets((req.body ?? {}) as Args);
    const record = (status: number, answer?: unknown) => {
      const { error, channel, ts, message_ts } = (answer ?? {}) as Record<string, string | undefined>;
      const conversation = channel ?? body.channel?.toString();
      const message = ts ?? message_ts;
      if (error) refused(`slack ${method} ${error}`, (answer ?? {}) as object);
      calls.record({
        side: 'slack',
        method,
        body,
        status,
        at: desk.world.now(),
        ...(error ? { error } : {}),
        ...(conversation ? { conversation } : {}),
        ...(message ? { message } : {}),
      });
    };
    // A caller that hung up while it waited is not served: it will try again.
    if (met?.kind === 'cut' || req.socket.destroyed) {
      record(0);
      req.socket.destroy();
      return;
    }
    const early = met && (met.kind === 'error' ? FATAL : rateLimited(met.retryAfter));
    const reply = early ?? serve();
    record(reply.status, reply.body);
    res
      .status(reply.status)
      .set(reply.headers ?? {})
      .json(reply.body);
  };
};

const guarded = (work: () => Reply): Reply => {
  try {
    return work();
  } catch (fault) {
    if (!(fault instanceof SlackFault)) throw fault;
    return { status: 200, body: { ok: false, error: fault.code, ...fault.more } };
  }
};

/** The Web API under /api/, the consent page under /oauth/v2/, and response_urls under /response/. */
export const createSlackRouter = (options: SlackServerOptions): Router => {
  const { desk } = options;
  const router = express.Router();
  const pace = createPace(desk.world.now, options.enforcePace);
  const meet = createMeeting(options);
  const trouble = createTroubles(() => desk.world.slack.failure);
  router.use(createFileRouter(desk, async () => (await trouble()) === undefined));
  router.use('/oauth/v2', createConsentRouter(desk, desk.oauth));
  router.use(express.urlencoded({ extended: false, limit: '5mb' }), express.json({ limit: '5mb' }));
  const call = (name: string, req: Request) => (): Reply =>
    guarded(() => {
      const method = methods.get(name);
      if (!method) throw new SlackFault('unknown_method', { req_method: name });
      const args = decoded({ ...req.query, ...clientOf(req), ...((req.body ?? {}) as Args) });
      const at = deskFor(desk, name, tokenOf(req), args);
      const wait = pace(at.team.id, name, args.channel);
      if (wait > 0) return rateLimited(Math.ceil(wait / 1000));
      const headers: Record<string, string> = at.token ? { 'x-oauth-scopes': at.scopes.join(',') } : {};
      return { status: 200, headers, body: { ok: true, ...method(args, at) } };
    });
  router.all('/api/:method', (req, res) => meet(req, res, req.params.method, call(req.params.method, req)));
  router.post('/response/:id', (req, res) =>
    meet(req, res, 'response_url', () =>
      guarded(() => answerResponseUrl(desk, req.params.id, (req.body ?? {}) as Args)),
    ),
  );
  return router;
};
