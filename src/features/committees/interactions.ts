import { z } from 'zod';
import { openCommittee, openCommittees } from '../../core/acting.js';
import { findChannel } from '../../core/directory/channels.js';
import { type Interaction, interaction } from '../../core/feature.js';
import type { ChannelId } from '../../core/ids.js';
import { keySchema } from '../../core/naming.js';
import { addCommittee, askClose, bindTo, closeCommittee, renameCommittee, unbind } from './commands.js';
import { nameSchema } from './rules.js';
import { addForm, renameForm, TOP } from './views.js';

const chosen = z.object({ committee: z.string('Choose a committee.') });

const form = interaction({
  id: 'committees.form',
  values: z.object({}),
  run: async (_press, ctx) => addForm({}, await openCommittees(ctx), await ctx.directory.partners(ctx.alliance)),
});

const add = interaction({
  id: 'committees.add',
  values: z.object({ key: keySchema, name: nameSchema, parent: z.string().optional() }),
  run: async ({ values: { key, name, parent = TOP } }, ctx) =>
    addCommittee({ key, name }, parent === TOP || parent === '' ? undefined : await openCommittee(parent, ctx), ctx),
});

const edit = interaction({
  id: 'committees.edit',
  values: chosen,
  run: async ({ values: { committee } }, ctx) =>
    renameForm(await openCommittee(committee, ctx), await ctx.directory.partners(ctx.alliance)),
});

const rename = interaction({
  id: 'committees.rename',
  values: chosen.extend({ key: keySchema, name: nameSchema }),
  run: async ({ values: { committee, key, name } }, ctx) =>
    renameCommittee(await openCommittee(committee, ctx), { key, name }, ctx),
});

const ask = interaction({
  id: 'committees.ask-close',
  values: chosen,
  run: async ({ values: { committee } }, ctx) => askClose(await openCommittee(committee, ctx), ctx),
});

const close = interaction({
  id: 'committees.close',
  values: chosen,
  run: async ({ values: { committee } }, ctx) => closeCommittee(await openCommittee(committee, ctx), ctx),
});

const bind = interaction({
  id: 'committees.bind',
  asks: 'readers',
  mends: true,
  values: chosen.extend({ internal: z.string().optional() }),
  run: async ({ values: { committee, internal } }, ctx) =>
    bindTo(await openCommittee(committee, ctx), internal === 'yes' || internal === 'true', ctx),
});

const end = interaction({
  id: 'committees.unbind',
  mends: true,
  values: z.object({ channel: z.string() }),
  run: async ({ values: { channel } }, ctx) => unbind(await findChannel(ctx.db, channel as ChannelId), ctx),
});

export const committeeInteractions: readonly Interaction[] = [form, add, edit, rename, ask, close, bind, end];
