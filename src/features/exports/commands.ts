import { z } from 'zod';
import type { Ctx } from '../../core/context.js';
import { formats } from '../../core/copy/files.js';
import { type Command, command } from '../../core/feature.js';
import type { View } from '../../core/view.js';
import { checkAnother } from './rules.js';
import { insertExportFile, lastAsked } from './store.js';
import { onItsWay, subjectOf } from './views.js';

/** Wishes for the files; they are written and sent when their cards are delivered. */
const take = async (ctx: Ctx): Promise<View> => {
  const { alliance, now } = ctx;
  const { person, partner } = ctx.actor;
  checkAnother(await lastAsked(ctx.db, alliance, person), now);
  const id = ctx.newId();
  await ctx.record(subjectOf(id), 'copied', { formats: [...formats] }, partner.id);
  for (const format of formats) {
    const file = `${id}.${format}`;
    const asked = { alliance, partner: partner.id, person, askedAt: now };
    await insertExportFile(ctx.db, { id: file, export: id, format, state: 'offered', ...asked });
    await ctx.tell(person, subjectOf(file));
  }
  return onItsWay(partner.name);
};

export const exportCommands: readonly Command[] = [
  command({
    name: 'export',
    summary: 'Take a copy of everything that your company may see, as files.',
    usage: '',
    topic: 'alliance',
    within: 'entente',
    args: z.object({}),
    run: (_args, ctx) => take(ctx),
  }),
];
