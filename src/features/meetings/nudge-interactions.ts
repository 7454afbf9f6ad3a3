/* Those who run a meeting have whoever is late reminded, once a day at most. */
import { z } from 'zod';
import type { Actor, Ctx } from '../../core/context.js';
import { actorFor } from '../../core/directory/resolve.js';
import { Refusal } from '../../core/errors.js';
import { type Interaction, interaction } from '../../core/feature.js';
import type { PartnerId } from '../../core/ids.js';
import { notice } from '../../core/view.js';
import { pressedMeeting } from './choosing-commands.js';
import type { Duty } from './duty-rules.js';
import { insertNudge } from './duty-store.js';
import { readinessOf } from './missing-commands.js';
import { nudgeFor } from './missing-rules.js';
import { followDuties, nudgeSubject, reachOf } from './missing-store.js';
import { type NudgedPerson, nudgedText, readinessView } from './missing-views.js';
import { labelOf, type Meeting } from './rules.js';

interface Nudging {
  readonly whose: Actor;
  readonly duties: readonly Duty[];
  readonly own: PartnerId | undefined;
}

/** Now in a message of its own, if they have had today's; else in the next daily message, which then comes for this. */
const nudgeOne = async (meeting: Meeting, { whose, duties, own }: Nudging, ctx: Ctx): Promise<NudgedPerson> => {
  const reach = await reachOf(meeting, whose, ctx);
  const nudged = nudgeFor(reach);
  const { person, name, partner } = whose;
  if (nudged.how === 'now' || nudged.how === 'then')
    await insertNudge(ctx.db, meeting.id, { person, on: nudged.on, by: ctx.actor.person });
  if (nudged.how === 'now') {
    const message = nudgeSubject(meeting.id, person, nudged.on);
    await followDuties(ctx.db, message, meeting, duties);
    await ctx.tell(person, message);
  }
  return { name, nudged, own: partner.id === own, by: reach.next.on };
};

const nudge = interaction({
  id: 'meetings.nudge',
  values: z.object({}),
  run: async ({ subject }, ctx) => {
    const meeting = await pressedMeeting(subject?.id, ctx);
    const { unready, own } = await readinessOf(meeting, ctx);
    const people: NudgedPerson[] = [];
    for (const { person, duties } of unready) {
      const whose = person === ctx.actor.person ? undefined : await actorFor(ctx.db, ctx.alliance, person, ctx.now);
      if (whose) people.push(await nudgeOne(meeting, { whose, duties, own }, ctx));
    }
    if (people.length === 0)
      throw new Refusal('nobody-late', `Nobody owes ${labelOf(meeting)} anything by now. Nobody was nudged.`);
    return notice(nudgedText(people));
  },
});

const show = interaction({
  id: 'meetings.readiness',
  values: z.object({}),
  run: async ({ subject }, ctx) => readinessView(await readinessOf(await pressedMeeting(subject?.id, ctx), ctx)),
});

export const nudgeInteractions: readonly Interaction[] = [nudge, show];
