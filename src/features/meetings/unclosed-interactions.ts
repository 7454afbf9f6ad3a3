/* What the chair answers when the end of a meeting has passed. */
import { z } from 'zod';
import type { Ctx } from '../../core/context.js';
import { Refusal } from '../../core/errors.js';
import { type Interaction, interaction } from '../../core/feature.js';
import { notice, type Subject } from '../../core/view.js';
import { redrawTold } from './countdown-store.js';
import { seatThem } from './opening-commands.js';
import { labelOf } from './rules.js';
import { findOpenMeeting, saveMeeting } from './store.js';
import { checkStillOpen, openedLate } from './unclosed-rules.js';
import { getUnclosed, keepStillGoing } from './unclosed-store.js';
import { closeButton, type Unclosed } from './unclosed-views.js';
import { readKind, subjectOf } from './views.js';

const load = async (subject: Subject | undefined, ctx: Ctx): Promise<Unclosed> => {
  const { kind, rest } = readKind(subject?.id ?? '');
  const found = kind === 'unclosed' ? await getUnclosed(rest, ctx, ctx.place.audience) : undefined;
  if (!found) throw new Refusal('no-meeting', "You can read no such meeting here. Say 'meeting' for the next ones.");
  return found;
};

const stillGoing = interaction({
  id: 'meetings.still-going',
  values: z.object({}),
  run: async ({ subject }, ctx) => {
    const { meeting, startsAt } = await load(subject, ctx);
    checkStillOpen(meeting);
    await keepStillGoing(meeting.id, startsAt, ctx);
    await redrawTold(meeting, ctx);
    return notice(`${labelOf(meeting)} stays open. You are not asked again; say 'meeting close' when it is over.`);
  },
});

const tookPlace = interaction({
  id: 'meetings.took-place',
  values: z.object({}),
  run: async ({ subject }, ctx) => {
    const { meeting } = await load(subject, ctx);
    const { person } = ctx.actor;
    const opened = openedLate(meeting, await findOpenMeeting(ctx.db, meeting.committee), { person, now: ctx.now });
    await seatThem(meeting, ctx);
    await saveMeeting(ctx.db, opened);
    await ctx.record(subjectOf(meeting.id), 'took-place', { openedAt: opened.openedAt });
    await redrawTold(meeting, ctx);
    return notice(
      `${labelOf(meeting)} counts as opened when it was to begin. Record now what the room decided and who does what: it is kept for this meeting. Then close it.`,
      [closeButton(meeting)],
    );
  },
});

export const unclosedInteractions: readonly Interaction[] = [stillGoing, tookPlace];
