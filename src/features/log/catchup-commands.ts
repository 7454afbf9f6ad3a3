import type { Ctx } from '../../core/context.js';
import { dayOf, daysAfter, startOf } from '../../core/days.js';
import { findEntries } from '../../core/entries/finding.js';
import type { Happening } from '../../core/entries/happenings.js';
import type { Day, Instant, PersonId } from '../../core/ids.js';
import { readSince } from '../../core/spoken-days.js';
import type { ListView } from '../../core/view.js';
import { type Caught, caughtView, type Told } from './catchup-views.js';
import { type CatchUp, ofCommittee, overdueSince, type Reading, readCatchUp } from './rules.js';
import { getLook, saveLook } from './store.js';
import { aroundOf } from './views.js';

/** For whoever catches up for the first time. */
const FIRST_DAYS = 14;
const OVERDUE_MOST = 200;

const todayHere = ({ now, actor }: Ctx): Day => dayOf(now, actor.zone);

/** What became overdue since then; it tells more than what happened to it before. */
const listOverdue = async (ctx: Ctx, since: Instant): Promise<readonly Happening[]> => {
  const { db, place, actor } = ctx;
  const late = await findEntries(db, { dueBefore: todayHere(ctx) }, place.audience, { limit: OVERDUE_MOST });
  return overdueSince(late, dayOf(since, actor.zone)).map((entry) => ({
    ...{ subject: entry.subject, group: 'overdue', word: 'Overdue', entry },
    at: startOf(daysAfter(entry.dueOn, 1), actor.zone),
  }));
};

/** What the log does not list says for itself what happened. */
const sentenceOf = async (one: Happening, ctx: Ctx): Promise<Told> => {
  const view = await ctx.open(one.subject);
  return view.kind === 'notice' ? { ...one, sentence: view.text } : one;
};

const gather = async (ctx: Ctx, since: Instant, { committee }: CatchUp): Promise<readonly Told[]> => {
  const overdue = await listOverdue(ctx, since);
  const late = new Set(overdue.map(({ subject }) => subject.id));
  const others = (await ctx.happened(since)).filter(({ subject }) => !late.has(subject.id));
  const told: Told[] = [];
  for (const one of ofCommittee([...overdue, ...others], committee))
    told.push(one.entry ? one : await sentenceOf(one, ctx));
  return told;
};

/** Only what is shown whole counts as seen: not one committee, nor a place where one's company's own is left out. */
const isWhole = ({ place, actor }: Ctx, { committee }: CatchUp): boolean =>
  !committee && place.audience.own === actor.partner.id;

/** What happened since a day, or since they last looked. */
export const catchUp = async (asked: CatchUp, ctx: Ctx): Promise<ListView> => {
  const { actor, alliance, now, db } = ctx;
  const today = todayHere(ctx);
  const weekOn = daysAfter(today, -7);
  const last = (await getLook(db, alliance, actor.person)) ?? startOf(daysAfter(today, -FIRST_DAYS), actor.zone);
  const since = asked.sinceOn === undefined ? last : startOf(asked.sinceOn, actor.zone);
  const happenings = await gather(ctx, since, asked);
  if (isWhole(ctx, asked) && since <= last) await saveLook(db, alliance, actor.person, now);
  const people = happenings.flatMap(({ person }): PersonId[] => (person ? [person] : []));
  const around = await aroundOf(
    ctx,
    happenings.flatMap(({ entry }) => entry ?? []),
    people,
  );
  const caught: Caught = {
    ...{ happenings, since },
    ...(asked.committee && { committee: asked.committee.key }),
    ...(asked.sinceOn !== weekOn && { weekOn }),
  };
  return caughtView(caught, around);
};

/** What words mean here and for whoever says them. */
export const readingHere = async (ctx: Ctx): Promise<Reading> => {
  const today = todayHere(ctx);
  const committees = await ctx.directory.committees(ctx.alliance, 'all');
  return { committees, daySince: (text) => readSince(text, today) };
};

export const catchUpSaid = async (said: string, ctx: Ctx): Promise<ListView> =>
  catchUp(readCatchUp(said, await readingHere(ctx)), ctx);
