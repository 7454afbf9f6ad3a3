/* 'meeting note The board meets on Friday': said where one company speaks to itself, and kept for it alone. */
import type { Ctx } from '../../core/context.js';
import { Refusal } from '../../core/errors.js';
import { checkPermission, seated } from '../../core/permission.js';
import { type NoticeView, notice } from '../../core/view.js';
import { takeMeeting, type Verb } from './choosing-commands.js';
import { checkNoteHere } from './internal-rules.js';
import { noteForm } from './internal-views.js';
import { noteSchema } from './note-rules.js';
import { insertNote } from './note-store.js';
import { isAsking } from './position-rules.js';
import { labelOf, type Meeting } from './rules.js';
import { internalSubject } from './views.js';

/** @throws Refusal once the meeting is over */
export const checkPreparing = (meeting: Meeting): void => {
  if (isAsking(meeting)) return;
  throw new Refusal('wrong-time', `${labelOf(meeting)} is over or cancelled, so nothing is noted for it any more.`);
};

/** Kept for the company alone; in its lane the card follows, and comes if it does not stand there yet. */
export const addNote = async (meeting: Meeting, text: string, ctx: Ctx): Promise<NoticeView> => {
  checkPreparing(meeting);
  const { person, partner } = ctx.actor;
  const id = ctx.newId();
  const subject = internalSubject(partner.id, meeting.id);
  await insertNote(ctx.db, { id, meeting: meeting.id, partner: partner.id, person, text, at: ctx.now });
  await ctx.record(subject, 'noted', { note: id }, partner.id);
  if (ctx.place.internal) await ctx.announce(subject, meeting.committee, partner.id);
  const undo = { id: 'meetings.undo-note', label: 'Undo', subject, carry: { note: id } } as const;
  return notice(`Noted for ${labelOf(meeting)}. Only ${partner.name} sees this.`, [undo]);
};

export const noteVerb: Verb = {
  word: 'note',
  usage: 'note [M-9] [text]',
  run: async (said, ctx) => {
    checkNoteHere(ctx);
    const { found, said: rest } = await takeMeeting(said, ctx, ['open', 'planned']);
    const committee = await ctx.directory.committee(found.committee);
    checkPermission(seated, { actor: ctx.actor, ...(committee && { committee }) });
    if (rest.text.trim() === '') return noteForm(found, ctx.actor.partner);
    const { data, error } = noteSchema.safeParse({ text: rest.text });
    if (!data) throw new Refusal('arguments', error.issues[0]?.message ?? 'Write the note.');
    return addNote(found, data.text, ctx);
  },
};
