/* Meetings and series that come at another time, or not at all. Those that were moved on their own stay where they are. */
import type { Work } from '../../core/context.js';
import { daysAfter, momentOf, wallTimeOf } from '../../core/days.js';
import { Refusal } from '../../core/errors.js';
import type { Instant, WallTime, Zone } from '../../core/ids.js';
import { endingOn, joinRule, occurrencesAfter, occurrencesBetween, ruleParts } from '../../core/recurrence.js';
import { movedRule } from '../../core/spoken-rules.js';
import { bringBack, carryOver } from './carrying-store.js';
import { armMeeting, disarmMeeting } from './countdown-store.js';
import { labelOf, type Meeting, type Series } from './rules.js';
import { makeAhead } from './series-store.js';
import { findSeries, insertSeries, listOccurrences, saveMeeting, saveSeries } from './store.js';
import { subjectOf } from './views.js';

/** Where and when, and how long. */
export interface Times {
  readonly startsAt: WallTime;
  readonly zone: Zone;
  readonly minutes: number;
  readonly place?: string;
}

export const timesOf = ({ startsAt, zone, minutes, place }: Meeting): Times => ({
  ...{ startsAt: wallTimeOf(startsAt, zone), zone, minutes },
  ...(place !== undefined && { place }),
});

export const sameTimes = (one: Times, other: Times): boolean =>
  one.startsAt === other.startsAt &&
  one.zone === other.zone &&
  one.minutes === other.minutes &&
  one.place === other.place;

const at = (meeting: Meeting, { startsAt, zone, minutes, place }: Times, now: Instant): Meeting => {
  const { place: _, ...rest } = meeting;
  const when = { startsAt: momentOf(startsAt, zone), zone, minutes };
  return { ...rest, ...when, ...(place && { place }), sequence: meeting.sequence + 1, changedAt: now };
};

/** Keeps it there; its alarms move with it. */
const shift = async (
  meeting: Meeting,
  to: Times,
  verb: string,
  more: Readonly<Record<string, unknown>>,
  work: Work,
): Promise<Meeting> => {
  const after = at(meeting, to, work.now);
  await saveMeeting(work.db, after);
  await work.record(subjectOf(meeting.id), verb, { ...to, was: timesOf(meeting), ...more });
  // Another place alone rings nothing again.
  if (after.startsAt !== meeting.startsAt || after.minutes !== meeting.minutes) await armMeeting(after, work);
  return after;
};

export const moveMeeting = (meeting: Meeting, to: Times, verb: string, work: Work): Promise<Meeting> =>
  shift(meeting, to, verb, {}, work);

/** The series of a meeting, while it has more to come. */
export const seriesAhead = async (meeting: Meeting, work: Pick<Work, 'db'>): Promise<Series | undefined> => {
  const series = await findSeries(work.db, meeting.series);
  return series?.rule !== undefined && series.endedAt === undefined ? series : undefined;
};

/** Of a rule with so many times, those that are left from a moment on. */
const leftOf = (series: Series, from: WallTime): string => {
  const { rule = '', startsAt, zone } = series;
  const parts = new Map(ruleParts(rule));
  const count = parts.get('COUNT');
  if (count === undefined) return rule;
  const gone = occurrencesBetween({ startsAt, zone, rule }, momentOf(startsAt, zone), momentOf(from, zone) - 1).length;
  parts.set('COUNT', String(Math.max(1, Number(count) - gone)));
  return joinRule(parts);
};

/** Ends before a time, so that calendars show no more of it; what it had before stays. */
const closeBefore = async (series: Series, from: WallTime, hadSome: boolean, work: Work): Promise<void> => {
  const { rule, ...once } = series;
  const ended = { sequence: series.sequence + 1, changedAt: work.now, endedAt: work.now };
  const kept =
    hadSome && rule !== undefined ? { rule: endingOn(rule, daysAfter(from.slice(0, 10), -1), series.zone) } : {};
  await saveSeries(work.db, { ...once, ...kept, ...ended });
};

interface Later {
  readonly before: readonly Meeting[];
  readonly from: readonly Meeting[];
}

const split = async (meeting: Meeting, work: Work): Promise<Later> => {
  const all = await listOccurrences(work.db, meeting.series);
  return {
    before: all.filter(({ original }) => original < meeting.original),
    from: all.filter(({ original }) => original >= meeting.original),
  };
};

const cannotMove = ({ number }: Meeting): Refusal =>
  new Refusal(
    'no-rule',
    `The series cannot come by the same rule from that day on. Say 'meeting end M-${number}', and schedule another series.`,
    'day',
  );

export interface SeriesMove {
  /** The first one, by the new clocks. */
  readonly to: Times;
  /** Where `to` is of another day than the series would have had it; the rule then follows the day. */
  readonly rule?: string;
  readonly verb: string;
}

const ruleAt = (meeting: Meeting, series: Series, { to, rule }: SeriesMove): string => {
  if (rule !== undefined) return rule;
  const left = leftOf(series, meeting.original);
  const [was, day] = [meeting.original.slice(0, 10), to.startsAt.slice(0, 10)];
  const found = was === day ? left : movedRule(left, day);
  if (found === undefined) throw cannotMove(meeting);
  const start = momentOf(to.startsAt, to.zone);
  if (occurrencesBetween({ ...to, rule: found }, start, start).length === 0) throw cannotMove(meeting);
  return found;
};

/** The series that has what is moved: itself where nothing was before, else a new one, so that the past stays as it was. */
const seriesFor = async (old: Series, later: Later, to: Times, rule: string, work: Work): Promise<Series> => {
  const { place: _, ...rest } = old;
  const times = { startsAt: to.startsAt, zone: to.zone, minutes: to.minutes, ...(to.place && { place: to.place }) };
  const whole = { ...rest, ...times, rule, changedAt: work.now };
  if (later.before.length === 0) {
    const same = { ...whole, sequence: old.sequence + 1 };
    await saveSeries(work.db, same);
    return same;
  }
  const fresh = { ...whole, id: work.newId(), sequence: 0, createdAt: work.now };
  await closeBefore(old, later.from[0]?.original ?? old.startsAt, true, work);
  await work.cancelWake(`series:${old.id}`);
  await insertSeries(work.db, fresh);
  return fresh;
};

/** This one and all later ones of its series. Gives those that have moved, this one first. */
export const moveSeries = async (
  meeting: Meeting,
  old: Series,
  move: SeriesMove,
  work: Work,
): Promise<readonly Meeting[]> => {
  const later = await split(meeting, work);
  const rule = ruleAt(meeting, old, move);
  const start = momentOf(meeting.original, old.zone);
  const last = momentOf(later.from.at(-1)?.original ?? meeting.original, old.zone);
  const were = occurrencesBetween({ ...old, rule: old.rule }, start, last);
  const series = await seriesFor(old, later, move.to, rule, work);
  const first = momentOf(move.to.startsAt, move.to.zone);
  const next = occurrencesAfter({ startsAt: series.startsAt, zone: series.zone, rule }, first - 1, were.length);
  const back = move.to.startsAt < meeting.original;
  const moved: Meeting[] = [];
  // In the order in which no two ever have the same original.
  for (const one of back ? later.from : [...later.from].reverse()) {
    const original = next[were.indexOf(one.original)];
    const own = one.id !== meeting.id && one.startsAt !== momentOf(one.original, old.zone);
    if (original === undefined) {
      if (one.status === 'planned') await cancelMeeting(one, 'The series ends before it', work);
      continue;
    }
    const kept = { ...one, series: series.id, original };
    if (one.status !== 'planned' || own) await saveMeeting(work.db, { ...kept, sequence: one.sequence + 1 });
    else {
      const more = one.id === meeting.id ? { rule: leftOf(old, meeting.original), original: one.original } : {};
      const verb = one.id === meeting.id ? move.verb : 'moved';
      moved.push(await shift(kept, { ...move.to, startsAt: original }, verb, more, work));
    }
  }
  await makeAhead(series, work);
  return moved.sort((a, b) => a.startsAt - b.startsAt);
};

export const cancelMeeting = async (
  meeting: Meeting,
  reason: string | undefined,
  work: Work,
  verb = 'cancelled',
  more: Readonly<Record<string, unknown>> = {},
): Promise<void> => {
  const changed = { sequence: meeting.sequence + 1, changedAt: work.now };
  const cancelled: Meeting = { ...meeting, ...changed, status: 'cancelled', ...(reason && { reason }) };
  await saveMeeting(work.db, cancelled);
  await work.record(subjectOf(meeting.id), verb, { ...(reason && { reason }), ...more });
  await disarmMeeting(meeting, work);
  await carryOver(cancelled, work);
};

/** One of a series is cancelled, and there is a next one all the same. */
export const cancelOne = async (meeting: Meeting, reason: string | undefined, work: Work): Promise<void> => {
  await cancelMeeting(meeting, reason, work);
  const series = await findSeries(work.db, meeting.series);
  if (series) await makeAhead(series, work);
};

/** Ends a series with this one, which does not take place either. Gives the others that are cancelled for it. */
export const endSeries = async (
  meeting: Meeting,
  series: Series,
  reason: string | undefined,
  work: Work,
): Promise<readonly Meeting[]> => {
  const { before, from } = await split(meeting, work);
  const others = from.filter(({ id, status }) => id !== meeting.id && status === 'planned');
  const kept = { rule: series.rule, cancelled: others.map(({ id }) => id) };
  await closeBefore(series, meeting.original, before.length > 0, work);
  await work.cancelWake(`series:${series.id}`);
  await cancelMeeting(meeting, reason, work, 'series-ended', kept);
  for (const other of others) await cancelMeeting(other, reason, work);
  return others;
};

/** As if it had not been cancelled. */
export const reviveMeeting = async (meeting: Meeting, verb: string, work: Work): Promise<void> => {
  const { reason: _, ...rest } = meeting;
  const after: Meeting = { ...rest, status: 'planned', sequence: meeting.sequence + 1, changedAt: work.now };
  await saveMeeting(work.db, after);
  await work.record(subjectOf(meeting.id), verb, { label: labelOf(meeting) });
  await armMeeting(after, work);
  await bringBack(after, work);
};

export const reopenSeries = async (series: Series, rule: string, work: Work): Promise<void> => {
  const { endedAt: _, ...rest } = series;
  const open = { ...rest, rule, sequence: series.sequence + 1, changedAt: work.now };
  await saveSeries(work.db, open);
  await makeAhead(open, work);
};
