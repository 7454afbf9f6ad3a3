import express, { type ErrorRequestHandler, type Request, type Response, type Router } from 'express';
import type { z } from 'zod';
import type { Controls } from './controls.js';
import { loopbackOnly } from './loopback.js';
import { Mistake } from './mistake.js';
import { requests } from './requests.js';
import type { LiveWorld } from './world.js';

/** Changes within this time are told once. */
const BATCH_MS = 50;

const parse = <T>(schema: z.ZodType<T>, value: unknown): T => {
  const result = schema.safeParse(value ?? {});
  if (result.success) return result.data;
  const faults = result.error.issues.map(({ path, message }) => `${path.join('.') || 'request'}: ${message}`);
  throw new Mistake(400, faults.join('; '));
};

const answering =
  <T>(schema: z.ZodType<T>, work: (request: T) => Promise<unknown>) =>
  async (req: Request, res: Response): Promise<void> => {
    const request = parse(schema, req.method === 'GET' ? req.query : req.body);
    res.json((await work(request)) ?? {});
  };

/** Tells the world's version at once and after every change. */
const eventStream = (world: LiveWorld, open: Set<Response>) => (req: Request, res: Response) => {
  res.set({ 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  let timer: NodeJS.Timeout | undefined;
  const send = () => {
    timer = undefined;
    res.write(`data: ${JSON.stringify({ version: world.version() })}\n\n`);
  };
  const stop = world.onTouch(() => {
    timer ??= setTimeout(send, BATCH_MS).unref();
  });
  open.add(res);
  req.on('close', () => {
    stop();
    clearTimeout(timer);
    open.delete(res);
  });
  send();
};

const mistakes: ErrorRequestHandler = (error, _req, res, next) => {
  const status = error instanceof Mistake ? error.status : error?.status;
  if (typeof status !== 'number' || res.headersSent) next(error);
  else res.status(status).json({ error: error.message });
};

export interface Control {
  readonly router: Router;
  /** Ends the open event streams. */
  close(): void;
}

/** The control interface, as model.ts lists it. */
export const createControl = (controls: Controls, world: LiveWorld): Control => {
  const router = express.Router();
  const streams = new Set<Response>();
  router.use(loopbackOnly, express.json({ limit: '12mb' }));
  router.get('/state', answering(requests.reset, controls.state));
  router.get('/calls', answering(requests.calls, controls.calls));
  router.get('/events', eventStream(world, streams));
  router.post('/say', answering(requests.say, controls.say));
  router.post('/press', answering(requests.press, controls.press));
  router.post('/dialog/submit', answering(requests.submit, controls.submit));
  router.post('/dialog/close', answering(requests.close, controls.closeDialog));
  router.post('/menu', answering(requests.menu, controls.menu));
  router.post('/home/open', answering(requests.home, controls.openHome));
  router.post('/presence', answering(requests.presence, controls.presence));
  router.post('/member', answering(requests.member, controls.member));
  router.post('/share', answering(requests.share, controls.share));
  router.post('/install', answering(requests.install, controls.install));
  router.post('/uninstall', answering(requests.install, controls.uninstall));
  router.post('/revoke', answering(requests.install, controls.revoke));
  router.post('/consent', answering(requests.consent, controls.consent));
  router.post('/clock', answering(requests.clock, controls.clock));
  router.post('/archive', answering(requests.archive, controls.archive));
  router.post('/failure', answering(requests.failure, controls.fail));
  router.post('/raw', answering(requests.raw, controls.raw));
  router.post('/redeliver', answering(requests.redeliver, controls.redeliver));
  router.post('/await', answering(requests.await, controls.awaitMessage));
  router.post('/reset', answering(requests.reset, controls.reset));
  router.use(mistakes);
  return {
    router,
    close: () => {
      for (const stream of streams) stream.end();
    },
  };
};
