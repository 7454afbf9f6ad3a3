/* What was planned, moved or cancelled a moment ago is taken back by whoever did it, while nothing else has happened. */
import { z } from 'zod';
import type { Ctx, HistoryEntry } from '../../core/context.js';
import { Refusal } from '../../core/errors.js';
import { type Interaction, interaction } from '../../core/feature.js';
import { checkUndo } from '../../core/undoing.js';
import type { Span, View } from '../../core/view.js';
import { checkShared, pressedMeeting } from './choosing-commands.js';
import { renewFiles } from './file-store.js';
import {
  cancelMeeting,
  moveMeeting,
  moveSeries,
  reopenSeries,
  reviveMeeting,
  seriesAhead,
  type Times,
} from './moving-store.js';
import { whenSpans } from './planning-commands.js';
import { labelOf, type Meeting } from './rules.js';
import { checkRuns } from './running-rules.js';
import { doneView, type Undoable } from './schedule-views.js';
import { seriesKey } from './series-store.js';
import { findMeeting, findSeries, listOccurrences, saveSeries } from './store.js';
import { subjectOf } from './views.js';

const timesSchema = z.object({
  ...{ startsAt: z.string(), zone: z.string(), minutes: z.number(), place: z.string().optional() },
});

const timesIn = (value: unknown): Times => {
  const { place, ...when } = timesSchema.parse(value);
  return { ...when, ...(place !== undefined && { place }) };
};

const instead: Readonly<Record<Undoable, (label: string) => string>> = {
  scheduled: (label) => `Say 'meeting cancel ${label}'.`,
  moved: (label) => `Say 'meeting move ${label} to' and when.`,
  'series-moved': (label) => `Say 'meeting move ${label} to', when, and 'all'.`,
  cancelled: () => 'Schedule it again.',
  'series-ended': () => 'Schedule the series again.',
};

const builtOn = (meeting: Meeting, verb: Undoable): Refusal =>
  new Refusal('built-on', `Something has happened to ${labelOf(meeting)} since. ${instead[verb](labelOf(meeting))}`);

/** What is taken back: the last thing that happened to it. @throws Refusal */
const lastOf = async (meeting: Meeting, verb: Undoable, ctx: Ctx): Promise<HistoryEntry> => {
  const last = (await ctx.history(subjectOf(meeting.id))).at(-1);
  if (last?.verb.startsWith('undo-')) checkUndo(undefined, ctx.now, '');
  if (last?.verb !== verb) throw builtOn(meeting, verb);
  if (last.person !== ctx.actor.person)
    throw new Refusal('not-yours', `Only who did this to ${labelOf(meeting)} can take it back.`);
  checkUndo(last.at, ctx.now, instead[verb](labelOf(meeting)));
  return last;
};

type Undo = (meeting: Meeting, last: HistoryEntry, ctx: Ctx) => Promise<readonly Span[]>;

const MISTAKE = 'Scheduled by mistake';

const unschedule: Undo = async (meeting, last, ctx) => {
  const series = await findSeries(ctx.db, meeting.series);
  const made = (await listOccurrences(ctx.db, meeting.series)).filter(({ changedAt }) => changedAt === last.at);
  for (const { id } of made) if ((await ctx.history(subjectOf(id))).length > 1) throw builtOn(meeting, 'scheduled');
  if (series) {
    const { rule: _, ...once } = series;
    await saveSeries(ctx.db, { ...once, endedAt: ctx.now, sequence: series.sequence + 1, changedAt: ctx.now });
    await ctx.cancelWake(seriesKey(series.id));
  }
  for (const one of made) await cancelMeeting(one, MISTAKE, ctx, 'undo-scheduled');
  return [
    `${made.map(labelOf).join(', ')} ${made.length === 1 ? 'is' : 'are'} undone: cancelled, and the numbers are not used again.`,
  ];
};

const unmove: Undo = async (meeting, { detail }, ctx) => {
  const after = await moveMeeting(meeting, timesIn(detail.was), 'undo-moved', ctx);
  return [`${labelOf(after)} is back at `, ...whenSpans(after, ctx), '.'];
};

const unmoveSeries: Undo = async (meeting, { detail }, ctx) => {
  const series = await seriesAhead(meeting, ctx);
  const { rule, original } = z.object({ rule: z.string(), original: z.string() }).parse(detail);
  if (!series) throw builtOn(meeting, 'series-moved');
  const was = timesIn(detail.was);
  const to = { ...was, startsAt: original };
  const moved = await moveSeries(meeting, series, { to, rule, verb: 'undo-series-moved' }, ctx);
  const back = moved.find(({ id }) => id === meeting.id);
  if (!back) throw builtOn(meeting, 'series-moved');
  // It had been moved on its own before.
  const after = was.startsAt === original ? back : await moveMeeting(back, was, 'undo-series-moved', ctx);
  return [`${labelOf(after)} and all later ones are back: `, ...whenSpans(after, ctx), '.'];
};

const uncancel: Undo = async (meeting, _, ctx) => {
  await reviveMeeting(meeting, 'undo-cancelled', ctx);
  return [`${labelOf(meeting)} takes place after all: `, ...whenSpans(meeting, ctx), '.'];
};

const unend: Undo = async (meeting, { detail, at }, ctx) => {
  const series = await findSeries(ctx.db, meeting.series);
  const { rule, cancelled } = z.object({ rule: z.string(), cancelled: z.array(z.string()) }).parse(detail);
  await reviveMeeting(meeting, 'undo-series-ended', ctx);
  for (const id of cancelled) {
    const one = await findMeeting(ctx.db, id);
    if (one?.status === 'cancelled' && one.changedAt === at) await reviveMeeting(one, 'undo-cancelled', ctx);
  }
  if (series) await reopenSeries(series, rule, ctx);
  return [`${labelOf(meeting)} and its series take place after all: `, ...whenSpans(meeting, ctx), '.'];
};

const undoing: Readonly<Record<Undoable, Undo>> = {
  scheduled: unschedule,
  moved: unmove,
  'series-moved': unmoveSeries,
  cancelled: uncancel,
  'series-ended': unend,
};

const undo = interaction({
  id: 'meetings.undo',
  values: z.object({ verb: z.enum(['scheduled', 'moved', 'series-moved', 'cancelled', 'series-ended']) }),
  run: async ({ subject, values: { verb } }, ctx): Promise<View> => {
    checkShared(ctx);
    const meeting = await pressedMeeting(subject?.id, ctx);
    const committee = await ctx.directory.committee(meeting.committee);
    if (committee) checkRuns(ctx.actor, committee);
    const last = await lastOf(meeting, verb, ctx);
    const said = await undoing[verb](meeting, last, ctx);
    const after = await findMeeting(ctx.db, meeting.id);
    for (const one of new Set([meeting.series, after?.series ?? meeting.series])) await renewFiles(one, ctx);
    return doneView({ said, partners: await ctx.directory.partners(ctx.alliance) });
  },
});

export const undoInteractions: readonly Interaction[] = [undo];
