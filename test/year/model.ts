/*
 * Who is written to on which day and of what, reckoned from the facts of the year by the rules as people were told them.
 * It shares nothing with Entente. A message is '2027-01-14 Bob Brown: hour M-1', on the day where the person is.
 */
import {
  dayIn,
  isOut,
  isReachable,
  jointAfter,
  jointUntil,
  momentIn,
  plus,
  worksAfter,
  worksFrom,
  worksUntil,
} from './days.js';
import { type Gathering, meetsOn, plannedOn } from './facts.js';
import { absence, members, type Name, names } from './place.js';

const ZURICH = 'Europe/Zurich';
const voters: readonly Name[] = ['ana', 'bob', 'ben', 'jun'];
const runners: readonly Name[] = ['ana', 'ben'];

/** Meetings of a series are made so many days ahead. */
const AHEAD = 100;

const at = (day: string, hour: string): number => momentIn(ZURICH, day, hour);
const latest = (...days: readonly string[]): string => [...days].sort().at(-1) ?? '';

/** Something that waits for somebody, and the days on which they are reminded of it. */
interface Waiting {
  readonly what: string;
  readonly days: readonly string[];
}

interface Duty {
  readonly word: string;
  readonly asked: string;
  readonly due: string;
}

/** As things stand at a moment. */
const standing = (one: Gathering, now: number) => {
  const { on, moved, skippedOn, item, takesPlace } = one;
  const isMoved = moved !== undefined && at(moved.saidOn, '11:40') <= now;
  const date = isMoved ? moved.to : on;
  const madeOn = latest(plannedOn, plus(on, -AHEAD));
  return {
    date,
    /** Nobody knew of it, or of its day, before. */
    since: isMoved ? moved.saidOn : madeOn,
    ahead: at(madeOn, '11:00') <= now && now < at(date, '14:00') && !(skippedOn && at(skippedOn, '11:40') <= now),
    item: item && at(item.addedOn, '11:00') <= now ? item : undefined,
    takesPlace,
  };
};

const saidBy = (said: Gathering['coming'] | undefined, name: Name, hour: string, now: number): boolean =>
  (said ?? []).some(({ who, on }) => who === name && at(on, hour) <= now);

const hasAnswered = ({ coming, notComing }: Gathering, name: Name, now: number): boolean =>
  saidBy(coming, name, '11:10', now) || saidBy(notComing, name, '11:20', now);

/** Papers and positions ten days before, each company by itself five days before, on days on which both work. */
const dutiesOf = (one: Gathering, name: Name, now: number): readonly Duty[] => {
  const { date, since, item } = standing(one, now);
  const last = plus(date, -1);
  const papers = jointUntil(plus(date, -10));
  const internal = jointUntil(plus(date, -5));
  const known = plus(since, 1);
  const added = item ? latest(known, plus(item.addedOn, 1)) : known;
  const duty = (word: string, asked: string, due: string): Duty => ({
    ...{ word, asked },
    due: asked > due ? latest(last, asked) : due,
  });
  const votes = voters.includes(name);
  const owesPaper = item && !item.paper && item.owner === name;
  const owesPosition = item?.kind === 'decision' && votes && !saidBy(one.aligned, name, '11:30', now);
  return [
    ...(owesPaper ? [duty('1 paper', latest(jointAfter(papers, -3), added), papers)] : []),
    ...(owesPosition ? [duty('1 position', latest(papers, added), internal > papers ? internal : last)] : []),
    ...(votes && !hasAnswered(one, name, now) ? [duty('whether you come', latest(papers, known), last)] : []),
    ...(!item && runners.includes(name) ? [duty('the agenda', latest(papers, known), last)] : []),
  ];
};

/** When it is first asked for, when it is due, and on the last working day before the meeting. */
const owed = (one: Gathering, name: Name, now: number): readonly Waiting[] => {
  const { date, ahead } = standing(one, now);
  if (!ahead) return [];
  const who = members[name];
  const today = dayIn(who.zone, now);
  const asked = dutiesOf(one, name, now)
    .filter((duty) => duty.asked <= today)
    // What only they can say nobody is asked for while they are out.
    .filter(({ word }) => !isOut(name, today) || word === '1 paper' || word === 'the agenda');
  if (asked.length === 0) return [];
  const days = asked.flatMap((duty) =>
    [worksFrom(duty.asked, who), worksUntil(duty.due, who), worksUntil(plus(date, -1), who)].filter(
      (day) => duty.asked <= day && day <= date,
    ),
  );
  return [{ what: `${one.label} ${asked.map(({ word }) => word).join(', ')}`, days }];
};

/** A meeting that decides nothing: whether it needs to happen, from when its papers are due. */
const doubted = (one: Gathering, name: Name, now: number): readonly Waiting[] => {
  const { date, ahead, item } = standing(one, now);
  const papers = jointUntil(plus(date, -10));
  if (!ahead || !runners.includes(name) || item?.kind !== 'discussion' || dayIn(ZURICH, now) < papers) return [];
  return [{ what: `${one.label} is it needed`, days: [papers] }];
};

/** Those who were there, the working day after and the last one before they are agreed. */
const minutes = (one: Gathering, name: Name, now: number): readonly Waiting[] => {
  const on = meetsOn(one);
  const { zone } = members[name];
  const lockAt = at(jointAfter(on, 5), '18:00');
  const wasThere = one.coming.some(({ who }) => who === name);
  if (!one.takesPlace || !wasThere || now < at(on, '15:10') || now >= lockAt) return [];
  if (saidBy(one.fine, name, '11:50', now)) return [];
  const due = dayIn(zone, lockAt);
  const first = worksAfter(on, 1, members[name]);
  const last = worksUntil(momentIn(zone, due, '09:00') < lockAt ? due : plus(due, -1), members[name]);
  return [{ what: `${one.label} minutes`, days: last > first ? [first, last] : [first] }];
};

/** What Bob was given in it, for three weeks later: the next day, three working days before, on the day, then weekly. */
const action = (one: Gathering, name: Name, now: number): readonly Waiting[] => {
  const on = meetsOn(one);
  const who = members[name];
  if (name !== 'bob' || !one.takesPlace || now < at(on, '14:30')) return [];
  if (one.doneOn && at(one.doneOn, '19:30') <= now) return [];
  const due = plus(on, 21);
  const weekly = [1, 2, 3, 4].map((weeks) => worksFrom(plus(due, 7 * weeks), who));
  const days = [worksFrom(plus(on, 1), who), worksAfter(due, -3, who), worksUntil(due, who), ...weekly];
  return [{ what: `${one.label} action`, days }];
};

const newSeries = (name: Name): Waiting => ({ what: 'new', days: [worksAfter(plannedOn, 1, members[name])] });

const waitingFor = (year: readonly Gathering[], name: Name, now: number): readonly Waiting[] => [
  ...(now < at('2027-01-14', '15:30') ? [newSeries(name)] : []),
  ...year.flatMap((one) => [owed, doubted, minutes, action].flatMap((rule) => rule(one, name, now))),
];

/** Their own, and what waits for whomever they cover for. */
const toldTo = (year: readonly Gathering[], name: Name, now: number): readonly Waiting[] => {
  const today = dayIn(members[name].zone, now);
  const covers = name === absence.cover && isOut(absence.person, today);
  return [...waitingFor(year, name, now), ...(covers ? waitingFor(year, absence.person, now) : [])];
};

interface Span {
  readonly from: number;
  readonly until: number;
}

/** One message a day at nine at most, on days on which they are reachable, when a day of something has come since the last. */
const dailies = (year: readonly Gathering[], name: Name, { from, until }: Span): readonly string[] => {
  const { zone, name: called } = members[name];
  const messages: string[] = [];
  let last = '';
  for (let day = plus(dayIn(zone, from), 1); momentIn(zone, day, '09:00') < until; day = plus(day, 1)) {
    if (!isReachable(name, day)) continue;
    const waiting = toldTo(year, name, momentIn(zone, day, '09:00'));
    const told = waiting.filter(({ days }) => days.some((one) => one <= day && one > last));
    if (told.length === 0) continue;
    messages.push(...told.map(({ what }) => `${day} ${called}: ${what}`));
    last = day;
  }
  return messages;
};

/** Just before a meeting to those who come or have not said; and, where nobody opened it, to the co-chairs after its end. */
const atMeetings = (year: readonly Gathering[], name: Name, { until }: Span): readonly string[] =>
  year.flatMap((one) => {
    const { skippedOn, takesPlace, coming, notComing = [], label } = one;
    const on = meetsOn(one);
    if (skippedOn) return [];
    const { zone, name: called } = members[name];
    const told = (word: string, moment: number): readonly string[] =>
      moment < until ? [`${dayIn(zone, moment)} ${called}: ${label} ${word}`] : [];
    const comes = coming.some(({ who }) => who === name);
    const isMeant = !isOut(name, on) && !notComing.some(({ who }) => who === name) && (comes || isReachable(name, on));
    return [
      ...(isMeant ? told('hour', at(on, '13:00')) : []),
      ...(!takesPlace && runners.includes(name) ? told('is it over', at(on, '15:45')) : []),
    ];
  });

/** All that anybody is told of, unasked, in order. */
export const reckon = (year: readonly Gathering[], span: Span): readonly string[] =>
  names.flatMap((name) => [...dailies(year, name, span), ...atMeetings(year, name, span)]).sort();
