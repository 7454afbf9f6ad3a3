import express, { type Request, type Response, type Router } from 'express';
import type { Calls } from '../calls.js';
import { createTroubles } from '../failure.js';
import { createBuckets } from '../pace.js';
import type { Reply } from '../wire.js';
import { type Desk, SlackFault } from './desk.js';
import { POST_PER_CHANNEL, POST_PER_WORKSPACE, TIER_OF } from './limits.js';
import { APP_METHODS, methods } from './methods.js';
import { answerResponseUrl } from './replies.js';

type Args = Readonly<Record<string, unknown>>;

export interface SlackServerOptions {
  readonly desk: Desk;
  readonly calls: Calls;
  readonly enforcePace: boolean;
  readonly refused: (what: string, detail: object) => void;
}

/** Arguments that a form carries as JSON text, and the code for when it is none. */
const JSON_ARGUMENTS: Readonly<Record<string, string>> = {
  blocks: 'invalid_blocks_format',
  attachments: 'invalid_attachments',
  metadata: 'invalid_metadata_format',
  view: 'invalid_arguments',
};

const decoded = (args: Args): Args => {
  const result: Record<string, unknown> = { ...args };
  for (const [name, code] of Object.entries(JSON_ARGUMENTS)) {
    const value = result[name];
    if (typeof value !== 'string') continue;
    try {
      result[name] = JSON.parse(value);
    } catch {
      throw new SlackFault(code);
    }
  }
  return result;
};

const tokenOf = (req: Request): string | undefined =>
  req.headers.authorization?.replace(/^Bearer ?/, '') ?? (req.body as Args | undefined)?.token?.toString();

const checkToken = (desk: Desk, method: string, token: string | undefined): void => {
  if (!token) throw new SlackFault('not_authed');
  if (token !== desk.botToken && token !== desk.appToken) throw new SlackFault('invalid_auth');
  if ((token === desk.appToken) !== APP_METHODS.has(method)) throw new SlackFault('not_allowed_token_type');
  if (!desk.world.slack.installed) throw new SlackFault('account_inactive');
};

const createPace = (now: () => number, enforce: boolean) => {
  const buckets = createBuckets(now);
  /** Milliseconds to wait, 0 for none. */
  return (method: string, channel: unknown): number => {
    if (!enforce) return 0;
    if (method === 'chat.postMessage')
      return buckets.take(`channel ${channel}`, POST_PER_CHANNEL) || buckets.take(method, POST_PER_WORKSPACE);
    const tier = TIER_OF[method];
    return tier ? buckets.take(method, tier) : 0;
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
    const { token: _, ...body } = (req.body ?? {}) as Record<string, unknown>;
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

/** The Web API under /api/ and response_urls under /response/. */
export const createSlackRouter = (options: SlackServerOptions): Router => {
  const { desk } = options;
  const router = express.Router();
  const pace = createPace(desk.world.now, options.enforcePace);
  const meet = createMeeting(options);
  router.use(express.urlencoded({ extended: false, limit: '5mb' }), express.json({ limit: '5mb' }));
  const call = (name: string, req: Request) => (): Reply =>
    guarded(() => {
      const method = methods.get(name);
      if (!method) throw new SlackFault('unknown_method', { req_method: name });
      checkToken(desk, name, tokenOf(req));
      const args = decoded((req.body ?? {}) as Args);
      const wait = pace(name, args.channel);
      if (wait > 0) return rateLimited(Math.ceil(wait / 1000));
      return { status: 200, body: { ok: true, ...method({ ...req.query, ...args }, desk) } };
    });
  router.all('/api/:method', (req, res) => meet(req, res, req.params.method, call(req.params.method, req)));
  router.post('/response/:id', (req, res) =>
    meet(req, res, 'response_url', () =>
      guarded(() => answerResponseUrl(desk, req.params.id, (req.body ?? {}) as Args)),
    ),
  );
  return router;
};
