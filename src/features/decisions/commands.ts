import { z } from 'zod';
import { actingCommittees, noCommitteeYet } from '../../core/acting.js';
import type { Committee, Ctx } from '../../core/context.js';
import { Refusal } from '../../core/errors.js';
import { type Command, command } from '../../core/feature.js';
import { checkPermission, mayVote, seated, seatOn } from '../../core/permission.js';
import { audienceLine, concerned, cut } from '../../core/sentences.js';
import type { View } from '../../core/view.js';
import { onlyOf, type Visibility, visibilityHere } from '../../core/visibility.js';
import {
  checkCommitteeOpen,
  haveConfirmed,
  labelOf,
  linkSchema,
  splitDecision,
  textLimits,
  type WordingInput,
  wordingSchema,
} from './rules.js';
import { insertConfirmation, insertDecision, saveStatus } from './store.js';
import { doneNotice, recordForm, subjectOf } from './views.js';

/** The committees the actor can record for from where they are. @throws Refusal when there is none */
const committeesHere = async (ctx: Ctx): Promise<readonly Committee[]> => {
  const { actor, place } = ctx;
  const own = (await actingCommittees(ctx)).filter((committee) => seated.allows({ actor, committee }));
  if (own.length === 0) checkPermission(seated, { actor, committee: place.committee });
  if (own.length === 0) throw noCommitteeYet();
  return own;
};

/** The actor's confirmation, for their company. */
export const confirmFor = async (ctx: Ctx, id: string, revision: number): Promise<void> => {
  const { person, partner } = ctx.actor;
  await insertConfirmation(ctx.db, id, revision, { partner: partner.id, person, at: ctx.now });
};

interface Source {
  readonly link?: string;
  readonly saidAt?: number;
}

export interface Recording {
  readonly wording: WordingInput;
  readonly committee: Committee;
  readonly visibility: Visibility;
  readonly source: Source;
}

/** True when the actor has a vote on the committee. */
export const votesOn = (ctx: Ctx, committee: Committee): boolean => {
  const role = seatOn(ctx.actor, committee)?.role;
  return role !== undefined && mayVote(role);
};

/** An internal decision needs one vote: it is agreed as soon as somebody who has one stands behind the wording. */
export const agreeAlone = async (ctx: Ctx, id: string, revision: number, visibility: Visibility): Promise<void> => {
  if (!visibility) return;
  await saveStatus(ctx.db, id, 'agreed');
  await ctx.record(subjectOf(id), 'agreed', { revision }, visibility);
};

const recordedSentence = async (label: string, voted: boolean, recording: Recording, ctx: Ctx): Promise<string> => {
  const { committee, visibility } = recording;
  const all = await ctx.directory.partners(ctx.actor.alliance);
  const needed = concerned(visibility, all).filter((other) => !voted || other.id !== ctx.actor.partner.id);
  const when = needed.length > 0 ? `It is agreed when ${haveConfirmed(needed)}.` : 'It is agreed.';
  return `Recorded as ${label} for the ${committee.key}. ${when} ${audienceLine(visibility, all)}.`;
};

/** Records a decision, confirmed by the recorder's side if they have a vote, and shows it to those who share it. */
export const record = async (recording: Recording, ctx: Ctx): Promise<View> => {
  const { wording, committee, visibility, source } = recording;
  checkPermission(seated, { actor: ctx.actor, committee });
  checkCommitteeOpen(committee);
  const only = onlyOf(visibility);
  const id = ctx.newId();
  const number = await ctx.nextNumber('D', only);
  const { person, partner, alliance } = ctx.actor;
  const about = { id, alliance, number, committee: committee.id, visibility };
  await insertDecision(ctx.db, { ...about, person, partner: partner.id, at: ctx.now, ...source }, wording);
  const voted = votesOn(ctx, committee);
  if (voted) await confirmFor(ctx, id, 1);
  const detail = { number, committee: committee.key, ...wording, confirmedFor: voted ? partner.id : null };
  await ctx.record(subjectOf(id), 'recorded', detail, only);
  if (voted) await agreeAlone(ctx, id, 1, visibility);
  await ctx.announce(subjectOf(id), committee.id, only);
  const sentence = await recordedSentence(labelOf({ number, visibility }), voted, recording, ctx);
  return doneNotice(sentence, { verb: 'record', id });
};

const start = async (said: ReturnType<typeof splitDecision>, ctx: Ctx): Promise<View> => {
  const committees = await committeesHere(ctx);
  const visibility = visibilityHere(ctx);
  const source: Source = { link: linkSchema.safeParse(ctx.quote?.link).data, saidAt: ctx.quote?.saidAt };
  const [committee, ...others] = committees;
  if (said.text !== '' && !ctx.quote && committee && others.length === 0)
    return record({ wording: parseWording(said), committee, visibility, source }, ctx);
  const partners = await ctx.directory.partners(ctx.actor.alliance);
  const draft = ctx.quote ? { text: cut(ctx.quote.text, textLimits.text) } : said;
  const carry = {
    ...(source.link ? { link: source.link } : {}),
    ...(source.saidAt === undefined ? {} : { saidAt: String(source.saidAt) }),
  };
  return recordForm({ draft, committees, visibility, partners, carry });
};

const parseWording = (input: z.input<typeof wordingSchema>): WordingInput => {
  const result = wordingSchema.safeParse(input);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new Refusal('wording', issue?.message ?? 'Write what was decided.', String(issue?.path[0] ?? 'text'));
};

export const decisionCommands: readonly Command[] = [
  command({
    name: 'decision',
    summary: 'Record what the committee decided, for both companies to confirm.',
    usage: '[what was decided] because [why] instead of [what was rejected]',
    menu: 'Log decision',
    args: z.object({ text: z.string().transform(splitDecision) }),
    run: ({ text }, ctx) => start(text, ctx),
  }),
];
