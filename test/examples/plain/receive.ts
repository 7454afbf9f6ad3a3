import { json, type RequestHandler } from 'express';
import type { Inbound } from '../../../src/core/platform.js';
import type { Surroundings } from '../../../src/platforms/surroundings.js';
import { readCall } from './payloads.js';
import { render } from './render.js';

/** Who may call is checked before anything is read; how, is the vendor's choice (a signature, a token). */
const onlyFrom =
  (secret: string): RequestHandler =>
  ({ headers }, res, next) =>
    headers.authorization === `Bearer ${secret}` ? next() : void res.status(401).end();

/** Answers when `inbound` has: what is acknowledged is committed, and a failure asks for redelivery. */
export const receive = ({ http, allows }: Surroundings, secret: string, inbound: Inbound): void => {
  http.post('/plain/events', onlyFrom(secret), json({ limit: '100kb' }), async (req, res) => {
    const call = readCall(req.body);
    if (!(await allows(call.caller.platform, call.caller.workspace))) return void res.status(403).end();
    const answer = await ('words' in call ? inbound.command(call) : inbound.press(call));
    res.status(answer.outcome === 'failed' ? 500 : 200).json(render(answer.view));
  });
};
