import express, { type Request, type Response, type Router } from 'express';
import type { Calls } from '../calls.js';
import { createTroubles } from '../failure.js';
import { createWindows } from '../pace.js';
import type { Reply } from '../wire.js';
import { homeOf, workplaceOf } from '../workplaces.js';
import { ConnectorFault, type Desk, findPerson, splitThread } from './desk.js';
import { PER_TENANT, PER_THREAD } from './limits.js';
import { createReads, createWrites } from './operations.js';

export interface ConnectorOptions {
  readonly desk: Desk;
  readonly calls: Calls;
  readonly token: string;
  readonly enforcePace: boolean;
  readonly refused: (what: string, detail: object) => void;
}

type PathRequest = Request<Record<string, string>>;
type Work = (req: PathRequest) => Reply;
type Operation = keyof typeof PER_THREAD;

interface Answer {
  readonly error?: { readonly code: string };
  readonly id?: string;
  readonly activityId?: string;
}

interface Target {
  readonly channelData?: { readonly channel?: { readonly id?: string } };
  readonly members?: readonly { readonly id?: string }[];
}

/** The conversation meant: in the path, or in the body when one is created. */
const targetOf = (req: PathRequest): string => {
  const { channelData, members } = (req.body ?? {}) as Target;
  return splitThread(req.params.conversation ?? channelData?.channel?.id ?? members?.[0]?.id ?? '').place;
};

const faultReply = (status: number, code: string, message: string, headers: Record<string, string> = {}): Reply => ({
  status,
  headers,
  body: { error: { code, message } },
});

const guarded = (work: () => Reply): Reply => {
  try {
    return work();
  } catch (fault) {
    if (!(fault instanceof ConnectorFault)) throw fault;
    return faultReply(fault.status, fault.code, fault.message);
  }
};

const rateLimited = (seconds: number): Reply =>
  faultReply(429, 'TooManyRequests', 'Too many requests.', { 'retry-after': String(seconds) });

const UNAUTHORIZED: Reply = { status: 401, body: { message: 'Authorization has been denied for this request.' } };

const createPace = (now: () => number, enforce: boolean) => {
  const windows = createWindows(now);
  return (operation: Operation, thread: string, tenant: string): number =>
    enforce
      ? windows.take(`${operation} ${thread}`, PER_THREAD[operation]) || windows.take(`tenant ${tenant}`, PER_TENANT)
      : 0;
};

/** The tenant that a conversation, or a person, is in. */
const tenantOf = (desk: Desk, target: string): string => {
  const { world } = desk;
  const place = world.teams.conversations.get(target);
  const person = findPerson(desk, target);
  const tenant = place ? workplaceOf(world, 'teams', place) : person && homeOf(world, 'teams', person);
  return (tenant ?? world.teams.tenant).id;
};

const recorder = ({ desk, calls, refused }: ConnectorOptions, req: PathRequest, method: string) => {
  const creates = method === 'POST conversations';
  return (status: number, answer?: unknown): void => {
    const { error, id, activityId } = (answer ?? {}) as Answer;
    const conversation = targetOf(req) || (creates ? id : undefined);
    const message = method === 'POST activities' ? id : creates ? activityId : req.params.activity;
    if (error) refused(`teams ${method} ${error.code}`, error);
    calls.record({
      side: 'teams',
      method,
      body: req.body,
      status,
      at: desk.world.now(),
      ...(error ? { error: error.code } : {}),
      ...(conversation ? { conversation } : {}),
      ...(message ? { message } : {}),
    });
  };
};

/** Makes a handler; `method` is its name among the recorded calls, `operation` its rate bucket. */
const createHandling = (options: ConnectorOptions) => {
  const { desk, token } = options;
  const pace = createPace(desk.world.now, options.enforcePace);
  const trouble = createTroubles(() => desk.world.teams.failure);
  const serve = (req: PathRequest, operation: Operation, work: Work): Reply => {
    if (req.headers.authorization !== `Bearer ${token}`) return UNAUTHORIZED;
    const target = targetOf(req);
    const wait = pace(operation, target, tenantOf(desk, target));
    return wait > 0 ? rateLimited(Math.ceil(wait / 1000)) : guarded(() => work(req));
  };
  return (method: string, operation: Operation, work: Work) =>
    async (req: PathRequest, res: Response): Promise<void> => {
      const met = await trouble();
      const record = recorder(options, req, method);
      // A caller that hung up while it waited is not served: it will try again.
      if (met?.kind === 'cut' || req.socket.destroyed) {
        record(0);
        req.socket.destroy();
        return;
      }
      const early =
        met && (met.kind === 'error' ? faultReply(500, 'ServiceError', 'Unknown') : rateLimited(met.retryAfter));
      const reply = early ?? serve(req, operation, work);
      record(reply.status, reply.body);
      res
        .status(reply.status)
        .set(reply.headers ?? {})
        .json(reply.body);
    };
};

/** Bot Framework's connector under /v3/, as Teams serves it. */
export const createConnector = (options: ConnectorOptions): Router => {
  const router = express.Router();
  const handle = createHandling(options);
  const { createConversation, sendActivity, updateActivity, deleteActivity } = createWrites(options.desk);
  const { getMember, getMembers, getPagedMembers, getTeam, getChannels } = createReads(options.desk);
  const activities = '/v3/conversations/:conversation/activities';
  const members = '/v3/conversations/:conversation/members';
  router.use(express.json({ limit: '5mb' }));
  router.post('/v3/conversations', handle('POST conversations', 'create', createConversation));
  router.post(activities, handle('POST activities', 'send', sendActivity));
  router.post(`${activities}/:activity`, handle('POST activities', 'send', sendActivity));
  router.put(`${activities}/:activity`, handle('PUT activities', 'send', updateActivity));
  router.delete(`${activities}/:activity`, handle('DELETE activities', 'send', deleteActivity));
  router.get(members, handle('GET members', 'members', getMembers));
  router.get(`${members}/:member`, handle('GET members', 'members', getMember));
  router.get('/v3/conversations/:conversation/pagedmembers', handle('GET members', 'members', getPagedMembers));
  router.get('/v3/teams/:team', handle('GET teams', 'conversations', getTeam));
  router.get('/v3/teams/:team/conversations', handle('GET teams', 'conversations', getChannels));
  return router;
};
