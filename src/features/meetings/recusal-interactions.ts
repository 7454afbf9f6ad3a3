import { z } from 'zod';
import { type Interaction, interaction } from '../../core/feature.js';
import { checkShared, pressedMeeting } from './choosing-commands.js';
import { checkSeated, itemOf, listToRecuse, recuse, takeBackRecusal } from './recusal-commands.js';
import { checkRecusable, recusalReason } from './recusal-rules.js';
import { recusalForm } from './recusal-views.js';

const carried = z.object({ item: z.string('This button does not say which item it is for. Use a newer card.') });

const list = interaction({
  id: 'meetings.recusals',
  values: z.object({}),
  run: async ({ subject }, ctx) => listToRecuse(await pressedMeeting(subject?.id, ctx), ctx),
});

const ask = interaction({
  id: 'meetings.ask-recuse',
  values: carried,
  run: async ({ subject, values }, ctx) => {
    const meeting = await pressedMeeting(subject?.id, ctx);
    await checkSeated(meeting, ctx);
    checkShared(ctx);
    const { item, number } = await itemOf(meeting, values.item, ctx);
    checkRecusable(meeting, item);
    return recusalForm(meeting, item, number, await ctx.directory.partners(ctx.alliance));
  },
});

const submit = interaction({
  id: 'meetings.recuse',
  values: carried.extend({ reason: recusalReason }),
  run: async ({ subject, values }, ctx) => {
    const meeting = await pressedMeeting(subject?.id, ctx);
    return recuse(meeting, await itemOf(meeting, values.item, ctx), values.reason, ctx);
  },
});

const takeBack = interaction({
  id: 'meetings.unrecuse',
  values: carried,
  run: async ({ subject, values }, ctx) => {
    const meeting = await pressedMeeting(subject?.id, ctx);
    return takeBackRecusal(meeting, await itemOf(meeting, values.item, ctx), ctx);
  },
});

export const recusalInteractions: readonly Interaction[] = [list, ask, submit, takeBack];
