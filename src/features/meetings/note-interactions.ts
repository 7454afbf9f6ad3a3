/* The buttons of a company's own preparation. */
import { z } from 'zod';
import type { Ctx } from '../../core/context.js';
import { Refusal } from '../../core/errors.js';
import { type Interaction, interaction, type Press } from '../../core/feature.js';
import { checkUndo } from '../../core/undoing.js';
import { notice } from '../../core/view.js';
import { checkOwn } from './internal-rules.js';
import { noteForm, readOwn } from './internal-views.js';
import { addNote, checkPreparing } from './note-commands.js';
import { noteSchema } from './note-rules.js';
import { deleteNote, getNote } from './note-store.js';
import { openPositions } from './position-commands.js';
import type { Meeting } from './rules.js';
import { internalSubject, readKind } from './views.js';

/** The meeting whose preparation is pressed on. @throws Refusal unless it is one's own company's, and read here */
const load = async ({ subject }: Pick<Press, 'subject'>, ctx: Ctx): Promise<Meeting> => {
  checkOwn(ctx);
  const { kind, rest } = readKind(subject?.id ?? '');
  const meeting = kind === 'internal' ? await readOwn(rest, ctx, ctx.place.audience) : undefined;
  if (!meeting)
    throw new Refusal('no-meeting', "You can read no such preparation here. Say 'meeting prep' to Entente directly.");
  return meeting;
};

const askNote = interaction({
  id: 'meetings.ask-note',
  values: z.object({}),
  run: async (press, ctx) => {
    const meeting = await load(press, ctx);
    checkPreparing(meeting);
    return noteForm(meeting, ctx.actor.partner);
  },
});

const note = interaction({
  id: 'meetings.note',
  values: noteSchema,
  run: async (press, ctx) => addNote(await load(press, ctx), press.values.text, ctx),
});

const undo = interaction({
  id: 'meetings.undo-note',
  values: z.object({ note: z.string() }),
  run: async (press, ctx) => {
    const meeting = await load(press, ctx);
    const { person, partner } = ctx.actor;
    const found = await getNote(ctx.db, press.values.note, ctx.place.audience);
    const own = found?.person === person && found.meeting === meeting.id ? found : undefined;
    checkUndo(own?.at, ctx.now, 'Add another note that puts it right.');
    await deleteNote(ctx.db, press.values.note);
    await ctx.record(internalSubject(partner.id, meeting.id), 'undo-noted', { note: press.values.note }, partner.id);
    return notice('The note is gone.');
  },
});

const positions = interaction({
  id: 'meetings.positions',
  values: z.object({ page: z.coerce.number().int().min(0).max(1_000).optional().catch(undefined) }),
  run: async (press, ctx) => openPositions(await load(press, ctx), ctx, press.values.page),
});

export const noteInteractions: readonly Interaction[] = [askNote, note, undo, positions];
