/* The meetings of a series, made as they come near: each once, and only those that are still ahead. */
import type { Read, Work } from '../../core/context.js';
import { momentOf } from '../../core/days.js';
import type { Instant, WallTime } from '../../core/ids.js';
import { occurrencesAfter, occurrencesBetween, type Recurring } from '../../core/recurrence.js';
import { takeUnfinished } from './carrying-store.js';
import { armMeeting } from './countdown-store.js';
import type { Meeting, Series } from './rules.js';
import { findSeries, insertMeeting, listOccurrences } from './store.js';
import { subjectOf } from './views.js';

/** How long before a meeting it gets its number and its card: longer than any committee prepares. */
export const AHEAD_MS = 100 * 24 * 60 * 60_000;

export const seriesKey = (id: string): string => `series:${id}`;

const recurring = ({ startsAt, zone, rule }: Series): Recurring => ({
  ...{ startsAt, zone },
  ...(rule !== undefined && { rule }),
});

const makeOne = async (series: Series, original: WallTime, key: string, work: Work): Promise<Meeting> => {
  const { alliance, committee, zone, minutes, place } = series;
  const meeting: Meeting = {
    ...{ id: work.newId(), alliance, number: await work.nextNumber('M'), series: series.id, committee, original },
    ...{ startsAt: momentOf(original, zone), zone, minutes, status: 'planned', sequence: 0, changedAt: work.now },
    ...(place !== undefined && { place }),
  };
  await insertMeeting(work.db, meeting);
  const { number, startsAt } = meeting;
  await work.record(subjectOf(meeting.id), 'scheduled', {
    ...{ number, committee: key, startsAt, zone, minutes, original },
    ...(place !== undefined && { place }),
  });
  await armMeeting(meeting, work);
  await takeUnfinished(meeting, work);
  return meeting;
};

/** Those that are near and not there yet; the next one in any case, however far it is. */
const missing = (series: Series, made: readonly Meeting[], now: Instant): readonly WallTime[] => {
  const known = new Set(made.map(({ original }) => original));
  const near = occurrencesBetween(recurring(series), now + 1, now + AHEAD_MS).filter((time) => !known.has(time));
  const planned = made.some(({ status, startsAt }) => status === 'planned' && startsAt > now);
  if (near.length > 0 || planned) return near;
  const after = Math.max(now, ...made.map(({ original }) => momentOf(original, series.zone)));
  return occurrencesAfter(recurring(series), after, 1);
};

/** Makes what is missing, and sets the alarm for the one after that. Saying it twice makes nothing twice. */
export const makeAhead = async (series: Series, work: Work): Promise<readonly Meeting[]> => {
  const committee = await work.directory.committee(series.committee);
  if (!committee || committee.closedAt !== undefined || series.endedAt !== undefined) {
    await work.cancelWake(seriesKey(series.id));
    return [];
  }
  const before = await listOccurrences(work.db, series.id);
  const made: Meeting[] = [];
  for (const time of missing(series, before, work.now)) made.push(await makeOne(series, time, committee.key, work));
  const last = Math.max(work.now, ...[...before, ...made].map(({ original }) => momentOf(original, series.zone)));
  const [next] = series.rule === undefined ? [] : occurrencesAfter(recurring(series), last, 1);
  if (next === undefined) await work.cancelWake(seriesKey(series.id));
  else await work.wakeAt(seriesKey(series.id), momentOf(next, series.zone) - AHEAD_MS);
  return made;
};

/** The alarm of a series. */
export const ringSeries = async (id: string, work: Work): Promise<void> => {
  const series = await findSeries(work.db, id);
  if (series) await makeAhead(series, work);
};

export const tellSeries = async (id: string, { db, directory }: Read): Promise<string | undefined> => {
  const series = await findSeries(db, id);
  const committee = series && (await directory.committee(series.committee));
  return committee && `${committee.key}: the next meetings of a series`;
};
