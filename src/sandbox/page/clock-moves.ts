import { Temporal } from 'temporal-polyfill';

const FRIDAY = 5;
const WEEK = 7;

export interface ClockChoice {
  readonly label: string;
  readonly to: number;
}

const nine = (day: Temporal.PlainDate, timeZone: string): number =>
  day.toZonedDateTime({ timeZone, plainTime: { hour: 9 } }).epochMilliseconds;

/** Where the clock can be moved to, by the days of a zone. */
export const clockMoves = (now: number, zone: string): readonly ClockChoice[] => {
  const here = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(zone);
  const today = here.toPlainDate();
  const toFriday = (FRIDAY - here.dayOfWeek + WEEK) % WEEK;
  const friday = today.add({ days: toFriday === 0 && here.hour >= 9 ? WEEK : toFriday });
  // On a weekend no reminder comes.
  const toMonday = here.dayOfWeek >= FRIDAY ? WEEK + 1 - here.dayOfWeek : 1;
  return [
    { label: toMonday > 1 ? 'to Monday 09:00' : 'to 09:00 tomorrow', to: nine(today.add({ days: toMonday }), zone) },
    { label: 'to Friday 09:00', to: nine(friday, zone) },
    { label: 'one week on', to: here.add({ weeks: 1 }).epochMilliseconds },
  ];
};

/** 'Friday 27 Nov, 09:00' */
export const clockLine = (now: number, zone: string): string => {
  const parts = new Map(
    new Intl.DateTimeFormat('en-GB', {
      ...{ weekday: 'long', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', timeZone: zone },
    })
      .formatToParts(now)
      .map(({ type, value }) => [type, value]),
  );
  const [weekday, day, month, hour, minute] = ['weekday', 'day', 'month', 'hour', 'minute'].map((type) =>
    parts.get(type as Intl.DateTimeFormatPartTypes),
  );
  return `${weekday} ${day} ${month}, ${hour}:${minute}`;
};
