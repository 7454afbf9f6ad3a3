/* What planning a meeting does, whether it was said or filled in. */
import type { Committee, Ctx } from '../../core/context.js';
import { momentText } from '../../core/days.js';
import { dayFinder, speakersToday } from '../../core/found-days.js';
import { describeRule } from '../../core/recurrence.js';
import { comesTwice, type SettledTimes } from '../../core/settled-times.js';
import type { Hearing } from '../../core/spoken-times.js';
import type { Span, View } from '../../core/view.js';
import { clashesOf } from './clash-store.js';
import { checkCommitteeOpen, labelOf, type Meeting, type Series } from './rules.js';
import { checkRuns } from './running-rules.js';
import { doneView } from './schedule-views.js';
import { makeAhead } from './series-store.js';
import { insertSeries } from './store.js';

export const hearingOf = (ctx: Ctx): Hearing => ({
  today: speakersToday(ctx),
  findDays: dayFinder(ctx),
  near: ctx.actor.zone,
});

/** 'Fri 11 Dec 2026, 14:00 Europe/Zurich, 90 minutes': by the meeting's clocks, as was said, and by the reader's. */
export const whenSpans = ({ startsAt, zone, minutes, place }: Meeting, { actor }: Ctx): readonly Span[] => [
  momentText(startsAt, zone),
  ...(actor.zone === zone ? [] : [' (for you ', { moment: startsAt, zone: actor.zone }, ')']),
  `, ${minutes} minutes${place === undefined ? '' : `, ${place}`}`,
];

/** Clocks show it twice: the first is meant. */
export const twiceNote = (startsAt: string, zone: string): readonly string[] =>
  comesTwice(startsAt, zone)
    ? [`Clocks in ${zone} show ${startsAt.slice(-5)} twice that day; the first one is meant.`]
    : [];

const laterSpans = (made: readonly Meeting[]): readonly Span[] => {
  const later = made.slice(1);
  if (later.length === 0) return [];
  return [` ${later.map(labelOf).join(', ')} ${later.length === 1 ? 'comes' : 'come'} after it.`];
};

/** Makes the series and what of it is near. @throws Refusal */
export const schedule = async (when: SettledTimes, committee: Committee, ctx: Ctx): Promise<View> => {
  checkRuns(ctx.actor, committee);
  checkCommitteeOpen(committee);
  const { person, partner } = ctx.actor;
  const series: Series = {
    ...{ ...when, id: ctx.newId(), alliance: ctx.alliance, committee: committee.id, sequence: 0 },
    ...{ changedAt: ctx.now, createdBy: person, createdFor: partner.id, createdAt: ctx.now },
  };
  await insertSeries(ctx.db, series);
  const made = await makeAhead(series, ctx);
  const [first] = made;
  if (!first) throw new Error('a series came to nothing');
  const repeats = describeRule(when);
  return doneView(
    {
      said: [
        ...[`${labelOf(first)} is scheduled: the ${committee.key} meets `, ...whenSpans(first, ctx)],
        ...[repeats === undefined ? '.' : `, and again ${repeats}.`, ...laterSpans(made)],
      ],
      clashes: [...twiceNote(when.startsAt, when.zone), ...(await clashesOf(made, committee.id, ctx))],
      partners: await ctx.directory.partners(ctx.alliance),
    },
    { id: first.id, verb: 'scheduled' },
  );
};
