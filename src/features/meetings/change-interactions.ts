/* What people propose for minutes, how that is settled, and what is added once they are agreed. */
import { z } from 'zod';
import type { Ctx } from '../../core/context.js';
import { Refusal } from '../../core/errors.js';
import { type Interaction, interaction } from '../../core/feature.js';
import { isSeen } from '../../core/naming.js';
import { notice, type Subject, type View } from '../../core/view.js';
import { getItem, saveItem } from './agenda-store.js';
import { changeForm, correctionForm, leaveForm, WHOLE } from './change-views.js';
import { lockIfAgreed, recordMinutes } from './lock-store.js';
import { type Loaded, loadMinutes, pressedMinutes } from './minutes-interactions.js';
import { checkDrafted, checkLocked, minutesLimits, type Proposal } from './minutes-rules.js';
import { deleteReading, findProposal, insertAddendum, saveKept, saveProposal } from './minutes-store.js';
import { minutesButton } from './minutes-views.js';
import { whereOf } from './reading-views.js';
import { labelOf, type Meeting } from './rules.js';
import { checkLeave, checkOpen, checkTake } from './settling-rules.js';
import { getMeeting } from './store.js';
import { proposalSubject, readKind } from './views.js';

const nothing = z.object({});

export const textSchema = (empty: string) =>
  z
    .string(empty)
    .trim()
    .refine(isSeen, empty)
    .refine(
      (text) => [...text].length <= minutesLimits.text,
      `This is longer than ${minutesLimits.text.toLocaleString('en')} characters. Say it in fewer.`,
    );

const askChange = interaction({
  id: 'meetings.ask-change',
  values: nothing,
  run: async ({ subject }, ctx) => {
    const { minutes, around } = await pressedMinutes(subject, ctx);
    checkDrafted(minutes.meeting);
    return changeForm(minutes, around);
  },
});

const propose = interaction({
  id: 'meetings.propose-change',
  values: z.object({
    item: z.string('Choose what it is about.'),
    text: textSchema('Say what the minutes should say.'),
  }),
  run: async ({ subject, values: { item, text } }, ctx) => {
    const { minutes } = await pressedMinutes(subject, ctx);
    const { meeting, items } = minutes;
    checkDrafted(meeting);
    if (item !== WHOLE && !items.some((one) => one.item.id === item))
      throw new Refusal('no-item', 'This item is not in these minutes. Choose another one.', 'item');
    const { person, partner } = ctx.actor;
    const about = { ...(item !== WHOLE && { item }), text };
    const by = { person, partner: partner.id, at: ctx.now };
    const proposal: Proposal = { id: ctx.newId(), meeting: meeting.id, ...about, ...by, status: 'open' };
    await saveProposal(ctx.db, proposal);
    await recordMinutes(meeting, 'minutes-proposed', about, ctx);
    return notice(
      `Proposed for ${labelOf(meeting)}: ${whereOf(proposal, minutes)}. A co-chair of the other company takes it, or leaves it.`,
      [{ id: 'meetings.leave-change', label: 'Undo', subject: proposalSubject(proposal.id) }],
    );
  },
});

interface Pressed extends Loaded {
  readonly proposal: Proposal;
  readonly meeting: Meeting;
}

const pressedProposal = async (subject: Subject | undefined, ctx: Ctx): Promise<Pressed> => {
  const { kind, rest } = readKind(subject?.id ?? '');
  const proposal = kind === 'proposal' ? await findProposal(ctx.db, rest) : undefined;
  const meeting = proposal && (await getMeeting(ctx.db, proposal.meeting, ctx.place.audience));
  if (!proposal || !meeting)
    throw new Refusal('no-proposal', 'This change was proposed nowhere here. Open the minutes to see what was.');
  checkOpen(proposal);
  checkDrafted(meeting);
  return { proposal, meeting, ...(await loadMinutes(meeting, ctx)) };
};

const settlingOf = async ({ meeting, around }: Pressed, ctx: Ctx) => ({
  actor: ctx.actor,
  seats: await ctx.directory.seats(meeting.committee),
  partners: around.partners,
});

/** What was the last open one may be all that the minutes waited for. */
const settle = async (pressed: Pressed, ctx: Ctx, said: string): Promise<View> => {
  const { meeting } = pressed;
  const locked = await lockIfAgreed(meeting.id, ctx);
  return notice(locked ? `${said} Nothing is open any more, so the minutes of ${labelOf(meeting)} are agreed.` : said, [
    minutesButton('minutes', meeting.id),
  ]);
};

const writeNote = async ({ proposal, minutes }: Pressed, ctx: Ctx): Promise<void> => {
  const { kept, readings } = minutes;
  const { item: id, text } = proposal;
  const item = id === undefined ? undefined : await getItem(ctx.db, id, ctx.place.audience);
  if (item) await saveItem(ctx.db, { ...item, note: text });
  await saveKept(ctx.db, { ...kept, changedAt: ctx.now, ...(!item && { note: text }) });
  // Nobody's word stands under what they have not read: only who proposed it and who takes it know what it says now.
  for (const { person } of readings)
    if (person !== proposal.person && person !== ctx.actor.person) await deleteReading(ctx.db, kept.meeting, person);
};

const take = interaction({
  id: 'meetings.take-change',
  values: nothing,
  run: async ({ subject }, ctx) => {
    const pressed = await pressedProposal(subject, ctx);
    const { proposal, meeting, minutes } = pressed;
    checkTake(proposal, await settlingOf(pressed, ctx));
    const by = { settledBy: ctx.actor.person, settledAt: ctx.now };
    await saveProposal(ctx.db, { ...proposal, status: 'taken', ...by });
    await writeNote(pressed, ctx);
    const { item, text, person } = proposal;
    await recordMinutes(meeting, 'minutes-taken', { ...(item && { item }), text, proposedBy: person }, ctx);
    return settle(pressed, ctx, `Taken. It stands in the minutes now, under: ${whereOf(proposal, minutes)}.`);
  },
});

const askLeave = interaction({
  id: 'meetings.ask-leave',
  values: nothing,
  run: async ({ subject }, ctx) => {
    const pressed = await pressedProposal(subject, ctx);
    checkLeave(pressed.proposal, await settlingOf(pressed, ctx));
    return leaveForm(pressed.proposal, pressed.minutes, pressed.around);
  },
});

const leave = interaction({
  id: 'meetings.leave-change',
  values: z.object({ reason: z.string().trim().max(minutesLimits.reason, 'Say it in fewer words.').optional() }),
  run: async ({ subject, values }, ctx) => {
    const pressed = await pressedProposal(subject, ctx);
    const { proposal, meeting } = pressed;
    checkLeave(proposal, await settlingOf(pressed, ctx));
    const reason = values.reason || undefined;
    const by = { settledBy: ctx.actor.person, settledAt: ctx.now, ...(reason && { reason }) };
    await saveProposal(ctx.db, { ...proposal, status: 'declined', ...by });
    const { item, text, person } = proposal;
    const about = { ...(item && { item }), text, proposedBy: person, ...(reason && { reason }) };
    await recordMinutes(meeting, 'minutes-left', about, ctx);
    return settle(pressed, ctx, 'Left. The minutes stay as they are.');
  },
});

const askCorrection = interaction({
  id: 'meetings.ask-correction',
  values: nothing,
  run: async ({ subject }, ctx) => {
    const { minutes, around } = await pressedMinutes(subject, ctx);
    checkLocked(minutes.meeting);
    return correctionForm(minutes, around);
  },
});

/** Stands under the minutes for good. @throws Refusal while they are a draft */
export const addCorrection = async (meeting: Meeting, text: string, ctx: Ctx): Promise<View> => {
  checkLocked(meeting);
  const { person, partner } = ctx.actor;
  await insertAddendum(ctx.db, meeting.id, { id: ctx.newId(), text, person, partner: partner.id, at: ctx.now });
  await recordMinutes(meeting, 'minutes-corrected', { text }, ctx);
  return notice(`Your correction stands under the minutes of ${labelOf(meeting)}, for all who read them.`, [
    minutesButton('minutes', meeting.id),
  ]);
};

const correct = interaction({
  id: 'meetings.correct',
  values: z.object({ text: textSchema('Say what is to be corrected.') }),
  run: async ({ subject, values: { text } }, ctx) => {
    const { minutes } = await pressedMinutes(subject, ctx);
    return addCorrection(minutes.meeting, text, ctx);
  },
});

export const changeInteractions: readonly Interaction[] = [
  ...[askChange, propose, take, askLeave, leave],
  ...[askCorrection, correct],
];
