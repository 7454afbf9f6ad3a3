/* Days and hours as the model reckons them, by nothing but the calendar of JavaScript. */
import { absence, daysOff, type Member, members, type Name } from './place.js';

const DAY_MS = 86_400_000;

export const plus = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);

const isWeekend = (day: string): boolean => [0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay());

/** True of a day on which all of these companies work. */
export const works = (day: string, ...companies: readonly Member['company'][]): boolean =>
  !isWeekend(day) && companies.every((company) => !daysOff[company].includes(day));

const both = ['acme', 'nova'] as const;

/** The day, or the last before it on which both work. */
export const jointUntil = (day: string): string => (works(day, ...both) ? day : jointUntil(plus(day, -1)));

/** So many days on which both work, after a day or before it. */
export const jointAfter = (day: string, count: number): string => {
  const step = Math.sign(count);
  let at = day;
  for (let left = Math.abs(count); left > 0; ) {
    at = plus(at, step);
    if (works(at, ...both)) left -= 1;
  }
  return at;
};

export const worksFrom = (day: string, who: Member): string =>
  works(day, who.company) ? day : worksFrom(plus(day, 1), who);

export const worksUntil = (day: string, who: Member): string =>
  works(day, who.company) ? day : worksUntil(plus(day, -1), who);

export const worksAfter = (day: string, count: number, who: Member): string => {
  const step = Math.sign(count);
  let at = day;
  for (let left = Math.abs(count); left > 0; ) {
    at = plus(at, step);
    if (works(at, who.company)) left -= 1;
  }
  return at;
};

export const isOut = (name: Name, day: string): boolean =>
  name === absence.person && absence.from <= day && day <= absence.until;

/** True of a day on which somebody may be written to. */
export const isReachable = (name: Name, day: string): boolean => works(day, members[name].company) && !isOut(name, day);

const clocks = new Map<string, Intl.DateTimeFormat>();

const clockIn = (zone: string): Intl.DateTimeFormat => {
  const known = clocks.get(zone);
  if (known) return known;
  const clock = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' });
  clocks.set(zone, clock);
  return clock;
};

/** What the clocks of a place show: '2027-01-14 14:00:00'. */
export const shownIn = (zone: string, at: number): string => clockIn(zone).format(at);

const moments = new Map<string, number>();

/** The moment of an hour of a day somewhere, such as '14:00'. */
export const momentIn = (zone: string, day: string, hour: string): number => {
  const key = `${zone} ${day} ${hour}`;
  const known = moments.get(key);
  if (known !== undefined) return known;
  const asUtc = Date.parse(`${day}T${hour}:00Z`);
  const moment = asUtc - (Date.parse(`${shownIn(zone, asUtc).replace(' ', 'T')}Z`) - asUtc);
  moments.set(key, moment);
  return moment;
};

/** The day of a moment, where somebody is. */
export const dayIn = (zone: string, at: number): string => shownIn(zone, at).slice(0, 10);
