/* What a series is in people's calendars: once, or by its rule, with what is otherwise. Pure. */
import type { CalendarEvent, CalendarException } from '../../core/calendar/events.js';
import type { Committee } from '../../core/context.js';
import { momentOf, wallTimeOf } from '../../core/days.js';
import type { Instant } from '../../core/ids.js';
import { type Item, isOnAgenda } from './agenda-rules.js';
import { endsAt, labelOf, type Meeting, type Series } from './rules.js';

export type AgendaLine = Pick<Item, 'meeting' | 'kind' | 'title' | 'minutes' | 'status'>;

/** A series and what has become of it, as both companies may read it. */
export interface SeriesState {
  readonly series: Series;
  /** Those made so far, in order. */
  readonly occurrences: readonly Meeting[];
  readonly committee: Pick<Committee, 'key' | 'name'>;
  readonly allianceName: string;
  /** By meeting, in their order. */
  readonly agendas: ReadonlyMap<string, readonly AgendaLine[]>;
  readonly link: (meeting: Meeting) => string | undefined;
}

const DAY_MS = 24 * 60 * 60_000;
/** Calendars look once a day at the least; people on a long leave open theirs after it. */
const CANCELLED_DAYS = 60;
/** What was on the agenda is looked up for so long; when it was stays. */
const TOLD_DAYS = 60;
/** What came once and is over longer ago is not looked for any more. */
const PAST_DAYS = 400;

const kindWords: Readonly<Record<AgendaLine['kind'], string>> = {
  decision: 'For decision',
  discussion: 'For discussion',
  information: 'For information',
};

/** What the series and its meetings changed so far: never less than before. */
export const sequenceOf = (series: Series, occurrences: readonly Meeting[]): number =>
  occurrences.reduce((sum, { sequence }) => sum + sequence, series.sequence);

/** Calendars know it by this for ever. */
export const uidOf = (id: string): string => `${id}@entente`;

const titleOf = ({ committee, allianceName }: SeriesState): string => `${committee.key} · ${allianceName}`;

const agendaText = (lines: readonly AgendaLine[]): readonly string[] => {
  const listed = lines.filter(isOnAgenda);
  if (listed.length === 0) return [];
  const items = listed.map(
    ({ kind, title, minutes }, at) => `${at + 1}. ${kindWords[kind]}: ${title} (${minutes} min)`,
  );
  return ['', 'Agenda', ...items];
};

/** No name of a person is in it: a calendar is easily shared. */
const textOf = (meeting: Meeting, state: SeriesState): string => {
  const { committee, agendas, link } = state;
  const url = link(meeting);
  return [
    `${labelOf(meeting)}, ${committee.name}`,
    ...(meeting.reason === undefined ? [] : [meeting.reason]),
    ...agendaText(agendas.get(meeting.id) ?? []),
    ...(url === undefined ? [] : ['', url]),
  ].join('\n');
};

const placed = (place: string | undefined) => place !== undefined && { place };

const isOld = (at: Instant, days: number, now: Instant): boolean => now - at > days * DAY_MS;

/** One meeting as an event of its own. */
const single = (uid: string, meeting: Meeting, state: SeriesState): CalendarEvent => {
  const { series, occurrences } = state;
  const { startsAt, zone, minutes, place, status, changedAt } = meeting;
  return {
    ...{ uid, zone, minutes },
    sequence: sequenceOf(series, occurrences),
    changedAt: Math.max(changedAt, series.changedAt),
    title: titleOf(state),
    text: textOf(meeting, state),
    ...placed(place),
    startsAt: wallTimeOf(startsAt, zone),
    ...(status === 'cancelled' && { cancelled: true }),
  };
};

const singleNow = (uid: string, meeting: Meeting, state: SeriesState, now: Instant): readonly CalendarEvent[] => {
  const gone = meeting.status === 'cancelled' && isOld(meeting.changedAt, CANCELLED_DAYS, now);
  return gone || isOld(endsAt(meeting), PAST_DAYS, now) ? [] : [single(uid, meeting, state)];
};

const exceptionOf = (meeting: Meeting, state: SeriesState): CalendarException => {
  const { series } = state;
  const { sequence, changedAt, title, text, minutes } = single('', meeting, state);
  return {
    ...{ sequence, changedAt, title, text, minutes },
    original: meeting.original,
    ...placed(meeting.place),
    startsAt: wallTimeOf(meeting.startsAt, series.zone),
    ...(meeting.status === 'cancelled' && { cancelled: true }),
  };
};

/** What the rule alone would not tell of a meeting. */
const differs = (meeting: Meeting, { series }: SeriesState, now: Instant): boolean =>
  meeting.status === 'cancelled' ||
  momentOf(meeting.original, series.zone) !== meeting.startsAt ||
  meeting.minutes !== series.minutes ||
  meeting.place !== series.place ||
  !isOld(endsAt(meeting), TOLD_DAYS, now);

/** The same rule, ending with this meeting. */
const endingWith = (rule: string, { original }: Meeting): string => {
  const kept = rule.split(';').filter((part) => !/^(?:UNTIL|COUNT)=/i.test(part));
  return [...kept, `UNTIL=${original.replace(/[-:]/g, '')}00`].join(';');
};

const repeated = (rule: string, state: SeriesState, now: Instant): readonly CalendarEvent[] => {
  const { series, occurrences, committee } = state;
  const { startsAt, zone, minutes, place, endedAt } = series;
  // Made by the rule as it was before: they are events of their own now, or calendars would not know where to put them.
  const stray = occurrences.filter(({ original }) => original < startsAt);
  const strays = stray.flatMap((one) => singleNow(uidOf(one.id), one, state, now));
  const ruled = occurrences.filter(({ original }) => original >= startsAt);
  const last = ruled.filter(({ status }) => status !== 'cancelled').at(-1);
  const cancelled = endedAt !== undefined && last === undefined;
  if (endedAt !== undefined) {
    if (cancelled ? isOld(endedAt, CANCELLED_DAYS, now) : last && isOld(endsAt(last), PAST_DAYS, now)) return strays;
  }
  const whole: CalendarEvent = {
    ...{ uid: uidOf(series.id), startsAt, zone, minutes, sequence: sequenceOf(series, occurrences) },
    changedAt: Math.max(series.changedAt, ...occurrences.map(({ changedAt }) => changedAt)),
    title: titleOf(state),
    text: committee.name,
    ...placed(place),
    rule: endedAt !== undefined && last ? endingWith(rule, last) : rule,
    exceptions: ruled.filter((one) => differs(one, state, now)).map((one) => exceptionOf(one, state)),
    ...(cancelled && { cancelled }),
  };
  return [whole, ...strays];
};

const once = (state: SeriesState, now: Instant): readonly CalendarEvent[] => {
  const { series, occurrences, committee } = state;
  const [meeting] = occurrences;
  if (meeting) return singleNow(uidOf(series.id), meeting, state, now);
  const { startsAt, zone, minutes, place, changedAt, endedAt } = series;
  const gone = endedAt !== undefined && isOld(endedAt, CANCELLED_DAYS, now);
  if (gone || isOld(momentOf(startsAt, zone), PAST_DAYS, now)) return [];
  return [
    {
      ...{ uid: uidOf(series.id), startsAt, zone, minutes, changedAt, sequence: series.sequence },
      ...{ title: titleOf(state), text: committee.name, ...placed(place) },
      ...(endedAt !== undefined && { cancelled: true }),
    },
  ];
};

/** Single meetings of a series, for somebody who comes to these only. */
export const guestEventsOf = (state: SeriesState, now: Instant): readonly CalendarEvent[] =>
  state.occurrences.flatMap((one) => singleNow(uidOf(one.id), one, { ...state, occurrences: [one] }, now));

/**
 * What calendars show of a series now. What was cancelled stays for two months, as cancelled, so that they drop it; what
 * has ended stays up to its last meeting.
 */
export const eventsOf = (state: SeriesState, now: Instant): readonly CalendarEvent[] => {
  const { rule } = state.series;
  return rule === undefined ? once(state, now) : repeated(rule, state, now);
};
