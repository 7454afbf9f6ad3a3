import { createHash } from 'node:crypto';
import type { Request, RequestHandler, Response } from 'express';

/** The pattern is what the log and the metrics may say of it: the address itself opens somebody's calendar. */
export const CALENDAR_ROUTE = '/calendar/:id/:file';

/** The file of a calendar; nothing for an address that is not one, or not any more. */
export type ReadCalendar = (address: { readonly id: string; readonly key: string }) => Promise<string | undefined>;

export interface CalendarPage {
  readonly read: ReadCalendar;
  readonly now: () => number;
}

const FILE = /^([\w-]{20,100})\.ics$/;

/** Calendars look once an hour or so; whoever looks more often than this has gone wrong. */
const MOST = 30;
const WINDOW_MS = 60_000;
/** Nobody fills the memory with addresses that are none. */
const MOST_KNOWN = 10_000;

/** Says how many seconds to wait, to whoever asks for the same thing too often; 0 to everybody else. */
const createPatience = (now: () => number) => {
  const asked = new Map<string, number>();
  let since = now();
  return (id: string): number => {
    const at = now();
    if (at - since >= WINDOW_MS || at < since || asked.size >= MOST_KNOWN) {
      asked.clear();
      since = at;
    }
    const times = (asked.get(id) ?? 0) + 1;
    asked.set(id, times);
    return times > MOST ? Math.ceil((since + WINDOW_MS - at) / 1_000) : 0;
  };
};

/** The same for an address that never was, one that has ended, and one of somebody who has left. */
const nothing = (res: Response): void => {
  res.status(404).type('text/plain').set('cache-control', 'no-store').send('There is no such calendar.\n');
};

/** Express would send it again to whoever says no-cache besides, which asks caches on the way and not us. */
const knows = (req: Pick<Request, 'get'>, tag: string): boolean =>
  (req.get('if-none-match') ?? '').split(',').some((one) => [tag, `W/${tag}`, '*'].includes(one.trim()));

export const tellCalendar = ({ read, now }: CalendarPage): RequestHandler<{ id: string; file: string }> => {
  const patience = createPatience(now);
  return async (req, res) => {
    const { id, file } = req.params;
    const [, key] = FILE.exec(file) ?? [];
    const wait = patience(id);
    if (wait > 0) {
      res.status(429).type('text/plain').set('retry-after', String(wait)).send('Please look again in a minute.\n');
      return;
    }
    const text = key === undefined ? undefined : await read({ id, key });
    if (text === undefined) {
      nothing(res);
      return;
    }
    const body = Buffer.from(text);
    const tag = `"${createHash('sha256').update(body).digest('base64url')}"`;
    res.set('cache-control', 'private, no-cache').set('etag', tag).set('x-robots-tag', 'noindex');
    if (knows(req, tag)) {
      res.status(304).end();
      return;
    }
    res
      .set('content-type', 'text/calendar; charset=utf-8')
      .set('content-disposition', 'inline; filename="meetings.ics"')
      .send(body);
  };
};
