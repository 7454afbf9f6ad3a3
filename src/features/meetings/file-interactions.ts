import { z } from 'zod';
import { addressOf, subscribe } from '../../core/calendar/subscriptions.js';
import type { Committee, Ctx } from '../../core/context.js';
import { Refusal } from '../../core/errors.js';
import { type Interaction, interaction } from '../../core/feature.js';
import { notice, type Subject } from '../../core/view.js';
import { pressedMeeting } from './choosing-commands.js';
import { checkAnother, checkTaker, type EventFile, PLACE_MS, placeSchema } from './file-rules.js';
import { getFile, listFiles, saveAnswer, sendFile, sequenceNow } from './file-store.js';
import { onItsWay, waysNotice } from './file-views.js';
import type { Series } from './rules.js';
import { findSeries } from './store.js';
import { readKind, seriesSubject } from './views.js';

interface Chosen {
  readonly series: Series;
  readonly committee: Committee;
}

const gone = () => new Refusal('no-meeting', "You can read no such meeting here. Say 'meeting' for the next ones.");

/** Pressed on a meeting, or on a series of which none has been made yet. @throws Refusal */
const pressedSeries = async (subject: Subject | undefined, ctx: Ctx): Promise<Chosen> => {
  const { kind, rest } = readKind(subject?.id ?? '');
  const id = kind === 'calendar' ? rest : (await pressedMeeting(subject?.id, ctx)).series;
  const series = await findSeries(ctx.db, id);
  const committee = series && (await ctx.directory.committee(series.committee));
  if (!committee || series.alliance !== ctx.alliance) throw gone();
  return { series, committee };
};

/** In their company's own chain, which redraws what told them of it; who has what in their calendar is nobody else's. */
const noteTaken = ({ id }: Series, ctx: Ctx): Promise<void> =>
  ctx.record(seriesSubject(id), 'added-to-calendar', {}, ctx.actor.partner.id);

const invite = interaction({
  id: 'meetings.invite',
  values: z.object({}),
  run: async ({ subject }, ctx) => {
    const { series, committee } = await pressedSeries(subject, ctx);
    const { publicUrl, derive, actor } = ctx;
    const ways = { committee, subject: seriesSubject(series.id) };
    if (publicUrl === undefined) return waysNotice(ways);
    const subscription = await subscribe(ctx, actor.person);
    await noteTaken(series, ctx);
    return waysNotice({ ...ways, address: addressOf(publicUrl, subscription, derive) });
  },
});

const inviteFile = interaction({
  id: 'meetings.invite-file',
  values: z.object({}),
  run: async ({ subject }, ctx) => {
    const { series } = await pressedSeries(subject, ctx);
    const { person, partner } = ctx.actor;
    const last = (await listFiles(ctx.db, series.id, person)).at(-1);
    checkAnother(last, await sequenceNow(ctx.db, series), ctx.now);
    await sendFile(series, { person, partner: partner.id }, ctx);
    await noteTaken(series, ctx);
    return onItsWay;
  },
});

const load = async (subject: Subject | undefined, ctx: Ctx): Promise<EventFile> => {
  const { kind, rest } = readKind(subject?.id ?? '');
  const found = kind === 'invite' ? await getFile(ctx.db, rest, ctx.place.audience) : undefined;
  return checkTaker(found, ctx.actor.person);
};

/** The card alone shows it: that they wanted it, the history has said. */
const answer = async (
  subject: Subject,
  file: EventFile,
  state: 'accepted' | 'declined',
  ctx: Ctx,
  place?: string,
): Promise<void> => {
  await saveAnswer(ctx.db, file.id, state, place);
  await ctx.record(subject, state, {}, file.partner);
};

/** Pressed where a platform asks its people before it takes a file. */
const take = interaction({
  id: 'meetings.take-file',
  values: placeSchema,
  run: async ({ subject, values: { place } }, ctx) => {
    const file = await load(subject, ctx);
    if (subject) await answer(subject, file, 'accepted', ctx, place);
    await ctx.wakeAt(`invite:${file.id}`, ctx.now + PLACE_MS);
    return notice('The file is on its way.');
  },
});

const leave = interaction({
  id: 'meetings.leave-file',
  values: z.object({}),
  run: async ({ subject }, ctx) => {
    const file = await load(subject, ctx);
    if (subject) await answer(subject, file, 'declined', ctx);
    return notice('Declined. Nothing was sent.');
  },
});

export const fileInteractions: readonly Interaction[] = [invite, inviteFile, take, leave];
