import { attention, broken, type Finding, ok } from './finding.js';
import type { Reply } from './http.js';

/** A Date header counts whole seconds, and the answer took its time. */
const BLUR_MS = 3_000;
/** Slack and Azure turn away what is five minutes off; before that, times on cards are wrong. */
const WRONG_MS = 120_000;

const MEND = 'Let this machine keep its time by NTP.';

const spoken = (ms: number): string => {
  const seconds = Math.round(Math.abs(ms) / 1_000);
  return `${seconds} ${seconds === 1 ? 'second' : 'seconds'} ${ms > 0 ? 'fast' : 'slow'}`;
};

/** `ours` and `theirs` are epoch milliseconds of the same moment. */
export const clockFinding = (against: string, ours: number, theirs: number): Finding => {
  const what = `Clock against ${against}`;
  const off = ours - theirs;
  if (Math.abs(off) <= BLUR_MS) return ok(what, 'the same');
  const text = `this machine's is ${spoken(off)}. ${MEND}`;
  return Math.abs(off) > WRONG_MS
    ? broken(what, `${text} Calls whose time is five minutes off are turned away.`)
    : attention(what, text);
};

/** What the answer's Date header says; nothing where there is none. */
export const clockOf = (against: string, reply: Reply): readonly Finding[] => {
  if ('problem' in reply) return [];
  const theirs = Date.parse(reply.headers.get('date') ?? '');
  // The header cuts the second off, so the middle of it is the best guess.
  return Number.isNaN(theirs) ? [] : [clockFinding(against, reply.askedAt, theirs + 500)];
};
