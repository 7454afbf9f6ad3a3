/* A committee's plan is changed. Both companies share it, so history keeps what it was. */
import { z } from 'zod';
import type { Committee, Ctx } from '../../core/context.js';
import { Refusal } from '../../core/errors.js';
import { type Interaction, interaction } from '../../core/feature.js';
import type { CommitteeId } from '../../core/ids.js';
import { checkUndo } from '../../core/undoing.js';
import { notice, type Subject } from '../../core/view.js';
import { checkShared } from './choosing-commands.js';
import { armMeeting } from './countdown-store.js';
import { planAround } from './plan-commands.js';
import { type Plan, planMark, readPlan, samePlan } from './plan-rules.js';
import { getPlan, readKept, savePlan } from './plan-store.js';
import { changedNotice, planForm } from './plan-views.js';
import { checkCommitteeOpen } from './rules.js';
import { listMeetings } from './store.js';
import { planSubject, readKind } from './views.js';

const load = async (subject: Subject | undefined, ctx: Ctx): Promise<Committee> => {
  checkShared(ctx);
  const { kind, rest } = readKind(subject?.id ?? '');
  const committee = kind === 'plan' ? await ctx.directory.committee(rest as CommitteeId) : undefined;
  if (committee?.alliance !== ctx.alliance)
    throw new Refusal('no-committee', "Say 'meeting plan' with the committee's key, and press Change there.");
  checkCommitteeOpen(committee);
  return committee;
};

/** By the new plan all its planned meetings are prepared. Gives how many there are. */
const change = async (committee: Committee, plan: Plan, verb: string, ctx: Ctx): Promise<number> => {
  const before = await getPlan(ctx.db, committee.id);
  await savePlan(ctx.db, committee.id, plan);
  await ctx.record(planSubject(committee.id), verb, { before, after: plan });
  const planned = await listMeetings(ctx.db, [committee.id], ['planned']);
  for (const meeting of planned) await armMeeting(meeting, ctx);
  return planned.length;
};

const askPlan = interaction({
  id: 'meetings.ask-plan',
  values: z.object({}),
  run: async ({ subject }, ctx) => {
    const committee = await load(subject, ctx);
    return planForm(await getPlan(ctx.db, committee.id), committee, await ctx.directory.partners(ctx.alliance));
  },
});

const said = z.string().default('');

const setPlan = interaction({
  id: 'meetings.plan',
  values: z.object({
    ...{ topics: said, papers: said, positions: said, internal: said, brief: said, hour: said },
    seen: z.string().optional(),
  }),
  run: async ({ subject, values: { seen, ...steps } }, ctx) => {
    const committee = await load(subject, ctx);
    const before = await getPlan(ctx.db, committee.id);
    if (seen !== undefined && seen !== planMark(before))
      throw new Refusal(
        'changed-meanwhile',
        `Somebody changed the plan of the ${committee.key} meanwhile. Say 'meeting plan ${committee.key}' to see it, and press Change again.`,
      );
    const plan = readPlan(steps);
    if (samePlan(plan, before)) return notice(`The plan of the ${committee.key} stays as it is.`);
    const planned = await change(committee, plan, 'plan-changed', ctx);
    return changedNotice(await planAround(committee, ctx), planned);
  },
});

const undoPlan = interaction({
  id: 'meetings.undo-plan',
  values: z.object({}),
  run: async ({ subject }, ctx) => {
    const committee = await load(subject, ctx);
    const last = (await ctx.history(planSubject(committee.id))).at(-1);
    const mine = last?.verb === 'plan-changed' && last.person === ctx.actor.person ? last : undefined;
    checkUndo(mine?.at, ctx.now, 'Press Change to set it anew.');
    const before = readKept(mine?.detail.before);
    if (before) await change(committee, before, 'plan-undone', ctx);
    return notice(`Undone. The plan of the ${committee.key} is as it was.`);
  },
});

export const planInteractions: readonly Interaction[] = [askPlan, setPlan, undoPlan];
