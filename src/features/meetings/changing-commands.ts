/* What moving and cancelling do, whether they were said or filled in. */
import type { Committee, Ctx } from '../../core/context.js';
import { Refusal } from '../../core/errors.js';
import { isOneLine, isSeen } from '../../core/naming.js';
import { settleTimes } from '../../core/settled-times.js';
import type { SpokenTimes } from '../../core/spoken-times.js';
import type { View } from '../../core/view.js';
import { clashesOf } from './clash-store.js';
import { renewFiles } from './file-store.js';
import {
  cancelOne,
  endSeries,
  moveMeeting,
  moveSeries,
  sameTimes,
  seriesAhead,
  type Times,
  timesOf,
} from './moving-store.js';
import { twiceNote, whenSpans } from './planning-commands.js';
import { labelOf, type Meeting, statusWords } from './rules.js';
import { checkRuns } from './running-rules.js';
import { doneView, textLimits } from './schedule-views.js';

/** What a change is about, by somebody who may do it. @throws Refusal where it is planned no more */
export const changeable = async (meeting: Meeting, ctx: Ctx): Promise<Committee> => {
  const committee = await ctx.directory.committee(meeting.committee);
  if (!committee) throw new Error('a meeting of no committee');
  checkRuns(ctx.actor, committee);
  if (meeting.status === 'planned') return committee;
  throw new Refusal(
    'wrong-time',
    `${labelOf(meeting)} is ${statusWords[meeting.status].toLowerCase()}, and only planned meetings are moved or cancelled.`,
  );
};

/** What was said of it, over what it is. @throws Refusal */
const timesFor = (meeting: Meeting, said: SpokenTimes, ctx: Ctx): Times => {
  const before = timesOf(meeting);
  if (said.rule)
    throw new Refusal(
      'no-rule',
      `Moving does not change how often it comes. Say 'meeting end ${labelOf(meeting)}', and schedule another series.`,
    );
  const [day, time] = before.startsAt.split('T');
  const { zone, minutes, place } = before;
  return settleTimes({ ...(place !== undefined && { place }), day, time, ...said }, { now: ctx.now, zone, minutes });
};

const once = ({ number }: Meeting): Refusal =>
  new Refusal('no-series', `M-${number} is not one of a series that goes on. Leave out that it is about all of them.`);

/** @throws Refusal */
export const move = async (meeting: Meeting, said: SpokenTimes, all: boolean, ctx: Ctx): Promise<View> => {
  const committee = await changeable(meeting, ctx);
  const to = timesFor(meeting, said, ctx);
  const before = timesOf(meeting);
  if (sameTimes(to, before))
    throw new Refusal('same', `${labelOf(meeting)} is at that time and place already. Nothing has changed.`);
  const series = all ? await seriesAhead(meeting, ctx) : undefined;
  if (all && !series) throw once(meeting);
  const moved = series
    ? await moveSeries(meeting, series, { to, verb: 'series-moved' }, ctx)
    : [await moveMeeting(meeting, to, 'moved', ctx)];
  const after = moved.find(({ id }) => id === meeting.id);
  if (!after) throw new Error('a meeting was lost while it moved');
  for (const one of new Set([meeting.series, after.series])) await renewFiles(one, ctx);
  const which = series ? ' and all later ones of its series are' : ' is';
  const was = before.startsAt === to.startsAt && before.zone === to.zone;
  return doneView(
    {
      said: [
        ...[`${labelOf(meeting)}${which} moved to `, ...whenSpans(after, ctx)],
        ...(was ? ['.'] : [', instead of ', { moment: meeting.startsAt, zone: meeting.zone }, '.']),
      ],
      clashes: [...twiceNote(to.startsAt, to.zone), ...(await clashesOf(moved, committee.id, ctx))],
      partners: await ctx.directory.partners(ctx.alliance),
    },
    { id: meeting.id, verb: series ? 'series-moved' : 'moved' },
  );
};

/** @throws Refusal for one that fits on no card */
export const checkReason = (text: string): string | undefined => {
  const reason = text.trim().replace(/\s+/gu, ' ');
  if (!isSeen(reason)) return undefined;
  if (!isOneLine(reason))
    throw new Refusal('reason', 'Write the reason as one line of letters, digits and signs.', 'reason');
  if ([...reason].length <= textLimits.reason) return reason;
  throw new Refusal('reason', `A reason fits in ${textLimits.reason} characters. Say it in a sentence.`, 'reason');
};

/** @throws Refusal */
export const cancel = async (meeting: Meeting, said: string, all: boolean, ctx: Ctx): Promise<View> => {
  const committee = await changeable(meeting, ctx);
  const reason = checkReason(said);
  const partners = await ctx.directory.partners(ctx.alliance);
  const label = labelOf(meeting);
  const on = [`, which was to be `, { moment: meeting.startsAt, zone: meeting.zone }] as const;
  if (!all) {
    await cancelOne(meeting, reason, ctx);
    await renewFiles(meeting.series, ctx);
    const text = [`${label} of the ${committee.key} is cancelled`, ...on, '. It keeps its number.'];
    return doneView({ said: text, partners }, { id: meeting.id, verb: 'cancelled' });
  }
  const series = await seriesAhead(meeting, ctx);
  if (!series) throw once(meeting);
  const others = await endSeries(meeting, series, reason, ctx);
  await renewFiles(series.id, ctx);
  const also =
    others.length > 0 ? `, and so ${others.length === 1 ? 'is' : 'are'} ${others.map(labelOf).join(', ')}` : '';
  return doneView(
    {
      said: [`The series ends with ${label} of the ${committee.key}${also}. ${label} is cancelled`, ...on, '.'],
      partners,
    },
    { id: meeting.id, verb: 'series-ended' },
  );
};
