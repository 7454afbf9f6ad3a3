import { setTimeout as after } from 'node:timers/promises';
import type { RequestHandler } from 'express';
import type { Metrics } from './metrics.js';

/** One part of the process, such as 'database' or 'slack'. `problem` is a few words without content; none means ready. */
export interface Part {
  readonly name: string;
  readonly problem?: string;
}

const stopping: readonly Part[] = [{ name: 'entente', problem: 'stopping' }];
const broken: readonly Part[] = [{ name: 'entente', problem: 'the check itself failed' }];
const silent: readonly Part[] = [{ name: 'entente', problem: 'no answer in time' }];

const answerInTime = async (ready: () => Promise<readonly Part[]>, withinMs: number): Promise<readonly Part[]> => {
  const limit = new AbortController();
  try {
    return await Promise.race([ready().catch(() => broken), after(withinMs, silent, { signal: limit.signal })]);
  } finally {
    limit.abort();
  }
};

export const tellHealth: RequestHandler = (_req, res) => {
  res.json({ up: true });
};

/** 200 when every part is ready, else 503 and which part is not. */
export const tellReadiness =
  (ready: () => Promise<readonly Part[]>, withinMs: number, closing: () => boolean): RequestHandler =>
  async (_req, res) => {
    const parts = closing() ? stopping : await answerInTime(ready, withinMs);
    const allReady = parts.every((part) => part.problem === undefined);
    res.status(allReady ? 200 : 503).json({
      ready: allReady,
      parts: Object.fromEntries(parts.map((part) => [part.name, part.problem ?? 'ready'])),
    });
  };

export const tellMetrics =
  (metrics: Metrics): RequestHandler =>
  async (_req, res) => {
    res.type(metrics.contentType).send(await metrics.render());
  };
