/* Somebody with a vote says where they stand; their company reads it, and all read the colour it comes to. */
import { z } from 'zod';
import type { Ctx, Partner } from '../../core/context.js';
import { Refusal } from '../../core/errors.js';
import { type Interaction, interaction, type Press } from '../../core/feature.js';
import type { Day } from '../../core/ids.js';
import { dayReader } from '../../core/spoken-days.js';
import type { NoticeView } from '../../core/view.js';
import type { Item } from './agenda-rules.js';
import { getItem } from './agenda-store.js';
import { checkOwn } from './internal-rules.js';
import { type Colour, checkAsked, conditionSchema, type Said, stepSchema } from './position-rules.js';
import { listPositions, listRecused, savePosition } from './position-store.js';
import { type Asking, conditionForm, stepForm, takenNotice } from './position-views.js';
import { readinessFor } from './readiness-views.js';
import { checkCommitteeOpen, type Meeting } from './rules.js';
import { getMeeting } from './store.js';
import { internalSubject, readKind, subjectOf } from './views.js';

interface Loaded {
  readonly item: Item;
  readonly meeting: Meeting;
}

/** @throws Refusal where this is not asked, or not of who presses */
const load = async ({ subject }: Pick<Press, 'subject'>, ctx: Ctx): Promise<Loaded> => {
  checkOwn(ctx);
  const { audience } = ctx.place;
  const { kind, rest } = readKind(subject?.id ?? '');
  const item = kind === 'item' ? await getItem(ctx.db, rest, audience) : undefined;
  const meeting = item && (await getMeeting(ctx.db, item.meeting, audience));
  const committee = meeting && (await ctx.directory.committee(meeting.committee));
  if (!item || !meeting || !committee)
    throw new Refusal('no-item', "There is no such item on an agenda. Say 'meeting positions' for what is asked.");
  checkCommitteeOpen(committee);
  const recused = await listRecused(ctx.db, [item.id]);
  checkAsked(item, meeting, recused.get(item.id)?.has(ctx.actor.person) ?? false);
  return { item, meeting };
};

const askingOf = async (item: Item, ctx: Ctx): Promise<Asking> => {
  const partners = await ctx.directory.partners(ctx.alliance);
  const own = (await listPositions(ctx.db, [item.id], ctx.place.audience)).find(
    ({ person }) => person === ctx.actor.person,
  );
  return { item, own: ctx.actor.partner, partners, said: own };
};

const colourNow = async ({ id, committee }: Item, partner: Partner, ctx: Ctx): Promise<Colour | undefined> => {
  const { colours } = await readinessFor(ctx, [{ id }], [partner], await ctx.directory.seats(committee));
  return colours.get(id)?.get(partner.id);
};

/**
 * The answer stands in the company's own chain and redraws its own card. Only a colour that it changed is told to all,
 * and by nobody: whose answer it was that changed it must not be read from it.
 */
const take = async ({ item, meeting }: Loaded, said: Said, ctx: Ctx): Promise<NoticeView> => {
  const { person, partner } = ctx.actor;
  const before = await colourNow(item, partner, ctx);
  await savePosition(ctx.db, { ...said, item: item.id, person, partner: partner.id, at: ctx.now });
  const detail = { item: item.id, stance: said.stance };
  await ctx.record(internalSubject(partner.id, meeting.id), 'position', detail, partner.id);
  const colour = await colourNow(item, partner, ctx);
  if (colour !== before)
    await ctx
      .unsigned()
      .record(subjectOf(meeting.id), 'readiness', { item: item.id, partner: partner.id, colour: colour ?? null });
  return takenNotice(item, said, partner, colour);
};

const aligned = interaction({
  id: 'meetings.aligned',
  values: z.object({}),
  run: async (press, ctx) => take(await load(press, ctx), { stance: 'aligned' }, ctx),
});

const notYet = interaction({
  id: 'meetings.not-yet',
  values: z.object({}),
  run: async (press, ctx) => take(await load(press, ctx), { stance: 'not-yet' }, ctx),
});

const askIf = interaction({
  id: 'meetings.ask-if',
  values: z.object({}),
  run: async (press, ctx) => conditionForm(await askingOf((await load(press, ctx)).item, ctx)),
});

const onCondition = interaction({
  id: 'meetings.if',
  values: conditionSchema,
  run: async (press, ctx) => take(await load(press, ctx), { stance: 'if', ...press.values }, ctx),
});

const askStep = interaction({
  id: 'meetings.ask-step',
  values: z.object({}),
  run: async (press, ctx) => stepForm(await askingOf((await load(press, ctx)).item, ctx)),
});

/** @throws Refusal for what is no day to come */
const dayOfStep = async (text: string | undefined, ctx: Ctx): Promise<Day | undefined> => {
  if (!text) return undefined;
  const read = await dayReader(ctx);
  const day = read(text, 'coming');
  if (!day || day.untilOn !== undefined || day.text.length !== text.length)
    throw new Refusal('no-day', 'Give one day, such as 4 December, or leave it empty.', 'day');
  const today = read('today', 'coming')?.on;
  if (today !== undefined && day.on < today)
    throw new Refusal('no-day', 'This day has passed. Give one to come, or leave it empty.', 'day');
  return day.on;
};

const step = interaction({
  id: 'meetings.step',
  values: stepSchema,
  run: async (press, ctx) => {
    const loaded = await load(press, ctx);
    const { step: condition, day } = press.values;
    const stepOn = await dayOfStep(day, ctx);
    return take(loaded, { stance: 'step', condition, ...(stepOn && { stepOn }) }, ctx);
  },
});

export const positionInteractions: readonly Interaction[] = [aligned, notYet, askIf, onCondition, askStep, step];
