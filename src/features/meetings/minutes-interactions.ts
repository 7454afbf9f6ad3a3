/* Reading minutes, and saying that they are fine. */
import { z } from 'zod';
import type { Ctx } from '../../core/context.js';
import { Refusal } from '../../core/errors.js';
import { type Interaction, interaction } from '../../core/feature.js';
import { checkUndo } from '../../core/undoing.js';
import { notice, type Subject } from '../../core/view.js';
import { pressedMeeting } from './choosing-commands.js';
import type { Minutes } from './draft-rules.js';
import { lockIfAgreed, recordMinutes } from './lock-store.js';
import { checkAttendee, checkDrafted } from './minutes-rules.js';
import { deleteReading, saveReading } from './minutes-store.js';
import { type Around, aroundOf, minutesButton } from './minutes-views.js';
import { findMinutes } from './outcome-store.js';
import { changesView, readingView } from './reading-views.js';
import { labelOf, type Meeting } from './rules.js';
import { minutesSubject, readKind } from './views.js';

export interface Loaded {
  readonly minutes: Minutes;
  readonly around: Around;
}

/** @throws Refusal for a meeting that has no minutes now */
export const loadMinutes = async (meeting: Meeting, ctx: Ctx): Promise<Loaded> => {
  const minutes = await findMinutes(meeting, ctx);
  const around = minutes && (await aroundOf(minutes, ctx));
  if (minutes && around) return { minutes, around };
  throw new Refusal(
    'no-minutes',
    `${labelOf(meeting)} has no minutes now. They are drafted when the meeting is closed.`,
  );
};

/**
 * Of the meeting or of its minutes, whichever was pressed on: of a kind that was made up, nobody looked up who may.
 * @throws Refusal
 */
export const pressedMinutes = async (subject: Subject | undefined, ctx: Ctx): Promise<Loaded> => {
  const { kind, rest } = readKind(subject?.id ?? '');
  return loadMinutes(await pressedMeeting(kind === 'minutes' ? rest : subject?.id, ctx), ctx);
};

const read = interaction({
  id: 'meetings.minutes',
  values: z.object({ page: z.coerce.number().int().min(0).max(1_000).optional().catch(undefined) }),
  run: async ({ subject, values: { page } }, ctx) => {
    const { minutes, around } = await pressedMinutes(subject, ctx);
    return readingView(minutes, around, page);
  },
});

const changes = interaction({
  id: 'meetings.changes',
  values: z.object({}),
  run: async ({ subject }, ctx) => {
    const { minutes, around } = await pressedMinutes(subject, ctx);
    return changesView(minutes, around);
  },
});

const fine = interaction({
  id: 'meetings.fine',
  values: z.object({}),
  run: async ({ subject }, ctx) => {
    const { minutes } = await pressedMinutes(subject, ctx);
    const { meeting, kept, readings } = minutes;
    const { person, partner } = ctx.actor;
    const label = labelOf(meeting);
    if (readings.some((one) => one.person === person))
      return notice(`You have said so: the minutes of ${label} are fine.`);
    checkDrafted(meeting);
    checkAttendee(kept, person, meeting);
    await saveReading(ctx.db, meeting.id, { person, partner: partner.id, at: ctx.now });
    await recordMinutes(meeting, 'minutes-fine', {}, ctx);
    if (await lockIfAgreed(meeting.id, ctx))
      return notice(`You were the last one: the minutes of ${label} are agreed. What changes later is a correction.`);
    return notice(
      [
        `You said that the minutes of ${label} are fine. They are agreed on `,
        { moment: kept.dueAt, zone: meeting.zone },
        '.',
      ],
      [{ id: 'meetings.undo-fine', label: 'Undo', subject: minutesSubject(meeting.id) }],
    );
  },
});

const undoFine = interaction({
  id: 'meetings.undo-fine',
  values: z.object({}),
  run: async ({ subject }, ctx) => {
    const { minutes } = await pressedMinutes(subject, ctx);
    const { meeting, readings } = minutes;
    checkDrafted(meeting);
    const own = readings.find(({ person }) => person === ctx.actor.person);
    checkUndo(own?.at, ctx.now, 'Press Propose a change on the minutes instead.');
    await deleteReading(ctx.db, meeting.id, ctx.actor.person);
    await recordMinutes(meeting, 'minutes-unread', {}, ctx);
    return notice(`Taken back. The minutes of ${labelOf(meeting)} wait for your word again.`, [
      minutesButton('fine', meeting.id),
      minutesButton('ask-change', meeting.id),
    ]);
  },
});

export const minutesInteractions: readonly Interaction[] = [read, changes, fine, undoFine];
