/* 'meeting schedule', 'move', 'cancel', 'skip' and 'end'. */
import { actingCommittees, noCommitteeYet } from '../../core/acting.js';
import type { Committee, Ctx } from '../../core/context.js';
import { Refusal } from '../../core/errors.js';
import type { Said } from '../../core/feature.js';
import { sameName } from '../../core/naming.js';
import { checkPermission } from '../../core/permission.js';
import { cut } from '../../core/sentences.js';
import { settleTimes } from '../../core/settled-times.js';
import { readTimes } from '../../core/spoken-times.js';
import type { View } from '../../core/view.js';
import { cancel, changeable, move } from './changing-commands.js';
import { checkShared, takeCommittee, takeMeeting, type Verb } from './choosing-commands.js';
import { seriesAhead } from './moving-store.js';
import { hearingOf, schedule } from './planning-commands.js';
import type { Meeting } from './rules.js';
import { checkRuns, mayRun, runners } from './running-rules.js';
import { cancelForm, moveForm, scheduleForm, USUAL_MINUTES } from './schedule-views.js';

/** Of those that are meant here, the ones whose meetings the actor may plan. @throws Refusal where there is none */
const plannable = async (ctx: Ctx): Promise<readonly Committee[]> => {
  const { actor, place } = ctx;
  const own = (await actingCommittees(ctx)).filter((committee) => mayRun(actor, committee));
  if (own.length === 0) checkPermission(runners, { actor, committee: place.committee });
  if (own.length === 0) throw noCommitteeYet();
  return own;
};

export const askSchedule = async (committees: readonly Committee[], ctx: Ctx): Promise<View> =>
  scheduleForm(committees, await ctx.directory.partners(ctx.alliance), ctx.actor.zone);

/** The form of whoever says nothing more. */
export const askAnywhere = async (ctx: Ctx): Promise<View> => {
  checkShared(ctx);
  return askSchedule(await plannable(ctx), ctx);
};

/** The committee may stand anywhere: '11 Dec 14:00 JSC'; where it does not come first it is written as its key is. */
const keyFirst = async ({ text, people }: Said, ctx: Ctx): Promise<Said> => {
  const words = text.trim().split(/\s+/u);
  const keys = (await ctx.directory.committees(ctx.alliance)).map(({ key }) => key);
  if (keys.some((key) => sameName(key, words[0] ?? ''))) return { text, people };
  const found = words.find((word) => keys.includes(word));
  return found === undefined ? { text, people } : { text: `${found} ${text.replace(found, ' ')}`, people };
};

export const scheduleVerb: Verb = {
  word: 'schedule',
  usage: 'schedule [committee] [day] [time] [city] [how long] [every ...] [at place]',
  run: async (said, ctx) => {
    checkShared(ctx);
    if (said.text.trim() === '') return askAnywhere(ctx);
    const { found: committee, said: rest } = await takeCommittee(await keyFirst(said, ctx), ctx);
    checkRuns(ctx.actor, committee);
    if (rest.text.trim() === '') return askSchedule([committee], ctx);
    const { now, actor } = ctx;
    const when = settleTimes(readTimes(rest.text, hearingOf(ctx)), { now, zone: actor.zone, minutes: USUAL_MINUTES });
    return schedule(when, committee, ctx);
  },
};

const ALL =
  /[\s,]*(?<!\p{L})(?:(?:and\s+)?(?:all(?:\s+later(?:\s+ones)?)?|this\s+and\s+(?:all\s+)?later(?:\s+ones)?))\s*$/iu;

export const askMove = async (meeting: Meeting, ctx: Ctx): Promise<View> => {
  checkShared(ctx);
  await changeable(meeting, ctx);
  const again = (await seriesAhead(meeting, ctx)) !== undefined;
  return moveForm(meeting, await ctx.directory.partners(ctx.alliance), again);
};

export const askCancel = async (meeting: Meeting, ctx: Ctx): Promise<View> => {
  checkShared(ctx);
  await changeable(meeting, ctx);
  const again = (await seriesAhead(meeting, ctx)) !== undefined;
  return cancelForm(meeting, await ctx.directory.partners(ctx.alliance), again);
};

const moveVerb: Verb = {
  word: 'move',
  usage: 'move M-9 to [day] [time], for all later ones with: all',
  run: async (said, ctx) => {
    checkShared(ctx);
    const { found, said: rest } = await takeMeeting(said, ctx, ['planned']);
    const text = rest.text.replace(/^\s*to(?!\p{L})/iu, '');
    const all = ALL.test(text);
    const to = text.replace(ALL, '').trim();
    await changeable(found, ctx);
    return to === '' ? askMove(found, ctx) : move(found, readTimes(to, hearingOf(ctx)), all, ctx);
  },
};

const withReason = ({ text }: Said): string => text.replace(/^[\s,:–-]*(?:because(?!\p{L}))?/iu, '');

/** Of a meeting that was not named, what is left might have been its name. @throws Refusal */
const checkNamed = (said: Said, rest: Said): void => {
  if (/^\s*M-\d/iu.test(said.text) || /^(?:[\s,:–-]*$|because(?!\p{L}))/iu.test(rest.text.trim())) return;
  throw new Refusal(
    'which-meeting',
    `Say which meeting and why: meeting cancel M-9 because ${cut(rest.text.trim(), 40)}.`,
  );
};

const cancelling = (word: string, usage: string, always?: 'all'): Verb => ({
  word,
  usage,
  run: async (said, ctx) => {
    checkShared(ctx);
    const { found, said: rest } = await takeMeeting(said, ctx, ['planned']);
    const every = /^\s*(?:all|this\s+and\s+later(?:\s+ones)?)(?=\s*$|\s+because)/iu;
    const all = always === 'all' || every.test(rest.text);
    const why = { ...rest, text: rest.text.replace(every, '') };
    checkNamed(said, why);
    return cancel(found, withReason(why), all, ctx);
  },
});

export const scheduleVerbs: readonly Verb[] = [
  scheduleVerb,
  moveVerb,
  cancelling('cancel', 'cancel M-9 because [reason]'),
  cancelling('skip', 'skip M-9'),
  cancelling('end', 'end M-9 (it and all later ones)', 'all'),
];
