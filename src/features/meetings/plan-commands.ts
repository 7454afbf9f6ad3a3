/* How a committee prepares: 'meeting plan JSC'. */
import { calledCommittee } from '../../core/acting.js';
import type { Committee, Ctx } from '../../core/context.js';
import { dayOf } from '../../core/days.js';
import type { Day } from '../../core/ids.js';
import { nameIn, whoOf } from '../../core/sentences.js';
import { takeCommittee, type Verb } from './choosing-commands.js';
import { getCountdown } from './countdown-store.js';
import type { PlanStep } from './plan-rules.js';
import { planSteps } from './plan-rules.js';
import { getPlan } from './plan-store.js';
import { type PlanAround, planView } from './plan-views.js';
import { labelOf } from './rules.js';
import { findNextMeeting } from './store.js';
import { planSubject } from './views.js';

const nextOf = async ({ id }: Committee, ctx: Ctx): Promise<PlanAround['next']> => {
  const meeting = await findNextMeeting(ctx.db, id);
  if (!meeting) return undefined;
  const { due } = await getCountdown(meeting, ctx);
  const days = new Map<PlanStep, Day>();
  for (const step of planSteps) {
    const when = due.get(step);
    if (when) days.set(step, dayOf(when.at, meeting.zone));
  }
  return { label: labelOf(meeting), days };
};

const changedBy = async ({ id }: Committee, ctx: Ctx): Promise<PlanAround['changed']> => {
  const last = (await ctx.history(planSubject(id))).at(-1);
  if (!last?.person) return undefined;
  const name = nameIn(await ctx.directory.names([last.person]), last.person);
  const company = (await ctx.directory.partnerOf(ctx.alliance, last.person))?.name;
  return { who: company === undefined ? name : whoOf(name, company), at: last.at, zone: ctx.actor.zone };
};

export const planAround = async (committee: Committee, ctx: Ctx): Promise<PlanAround> => {
  const [next, changed] = [await nextOf(committee, ctx), await changedBy(committee, ctx)];
  const partners = await ctx.directory.partners(ctx.alliance);
  return { committee, partners, ...(next && { next }), ...(changed && { changed }) };
};

export const plan: Verb = {
  word: 'plan',
  usage: 'plan [committee]',
  run: async (said, ctx) => {
    const { found, said: rest } = await takeCommittee(said, ctx);
    const [unknown] = rest.text.trim().split(/\s+/u);
    // Nothing follows but a committee, so what is left was meant as one.
    const committee = unknown ? await calledCommittee(unknown, ctx) : found;
    return planView(await getPlan(ctx.db, committee.id), await planAround(committee, ctx));
  },
};
