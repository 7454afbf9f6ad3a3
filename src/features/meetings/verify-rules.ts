/* What a meeting's history says of it, and what of the meeting is not so. Pure. */
import type { HistoryEntry } from '../../core/context.js';
import { momentOf } from '../../core/days.js';
import { isStatus } from './copied-rules.js';
import { type Status, statusWords } from './rules.js';

/** Where each step leaves it. */
const leads: Readonly<Record<string, Status>> = {
  scheduled: 'planned',
  ...{ cancelled: 'cancelled', 'series-ended': 'cancelled', 'undo-scheduled': 'cancelled' },
  ...{ 'undo-cancelled': 'planned', 'undo-series-ended': 'planned' },
  ...{ opened: 'open', 'opening-undone': 'planned', closed: 'held', 'closing-undone': 'open' },
  'minutes-agreed': 'agreed',
};

interface Told {
  number?: unknown;
  status?: Status;
  startsAt?: number;
  lockedAt?: number;
}

const momentIn = ({ startsAt, zone }: Readonly<Record<string, unknown>>): number | undefined => {
  if (typeof startsAt === 'number') return startsAt;
  return typeof startsAt === 'string' && typeof zone === 'string' ? momentOf(startsAt, zone) : undefined;
};

const tellImported = (told: Told, { detail }: HistoryEntry): void => {
  const { number, status, facts } = detail as { number?: unknown; status?: unknown; facts?: Record<string, string> };
  told.number = number;
  if (typeof status === 'string' && isStatus(status)) told.status = status;
  if (facts?.startsAt) told.startsAt = Date.parse(facts.startsAt);
  if (facts?.lockedAt) told.lockedAt = Date.parse(facts.lockedAt);
};

const toldBy = (entries: readonly HistoryEntry[]): Told => {
  const told: Told = {};
  for (const entry of entries) {
    const { verb, at, detail } = entry;
    if (verb === 'imported') tellImported(told, entry);
    if (verb === 'scheduled') told.number = detail.number;
    if (verb === 'minutes-agreed') told.lockedAt = at;
    const starts = momentIn(detail);
    if (starts !== undefined) told.startsAt = starts;
    told.status = leads[verb] ?? told.status;
  }
  return told;
};

/** A meeting as the table holds it. */
export interface Kept {
  readonly meeting: {
    readonly number: number;
    readonly status: string;
    readonly startsAt: number;
    readonly lockedAt: number | null;
  };
}

const word = (status: string): string => (isStatus(status) ? statusWords[status] : status);

/** Each ends a sentence that begins with the label. */
export const faultsOf = ({ meeting }: Kept, history: readonly HistoryEntry[]): readonly string[] => {
  const { number, status, startsAt, lockedAt } = toldBy(history);
  const wrongStatus = status !== undefined && status !== meeting.status;
  return [
    ...(number === meeting.number ? [] : [`it was scheduled under the number ${number}`]),
    ...(wrongStatus ? [`its status is '${word(meeting.status)}', and the history left it at '${word(status)}'`] : []),
    ...(startsAt === undefined || startsAt === meeting.startsAt
      ? []
      : ['its time is not the one that the history tells']),
    ...(lockedAt === (meeting.lockedAt ?? undefined) ? [] : ['its minutes were not agreed when the table says so']),
  ];
};
