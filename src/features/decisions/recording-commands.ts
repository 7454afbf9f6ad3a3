/* Recording, whatever way it was asked for: said, filled in, or chosen after the question whether it is new. */
import type { Committee, Ctx } from '../../core/context.js';
import { findNear } from '../../core/entries/entries.js';
import type { Day } from '../../core/ids.js';
import { readSubject } from '../../core/origins.js';
import { checkPermission, hasVote, seated, seatOn } from '../../core/permission.js';
import { audienceLine, concerned } from '../../core/sentences.js';
import type { Subject, Text, View } from '../../core/view.js';
import { onlyOf, type Visibility } from '../../core/visibility.js';
import { nearNotice } from './asking-views.js';
import { insertDraft } from './draft-store.js';
import { reviewDaysTo, today } from './review-commands.js';
import { checkCommitteeOpen, type Decision, type Details, haveConfirmed, labelOf } from './rules.js';
import { note, settle } from './status-store.js';
import { getDecision } from './store.js';
import { doneNotice, subjectOf } from './views.js';
import type { Relation, WordingInput } from './wording-rules.js';
import { insertConfirmation, insertDecision } from './wording-store.js';

export interface Source {
  readonly link?: string;
  readonly saidAt?: number;
  /** What it is made from by a button, as spellSubject spells it. */
  readonly from?: string;
}

export interface Recording {
  readonly wording: WordingInput;
  readonly committee: Committee;
  readonly visibility: Visibility;
  readonly source: Source;
  readonly details: Details;
  readonly replacing?: { readonly decision: Decision; readonly how: Relation };
}

/** The actor's confirmation, for their company. */
export const confirmFor = async (ctx: Ctx, id: string, revision: number): Promise<void> => {
  const { person, partner } = ctx.actor;
  await insertConfirmation(ctx.db, id, revision, { partner: partner.id, person, at: ctx.now });
};

/** True when the actor has a vote on the committee. */
export const votesOn = (ctx: Ctx, committee: Committee): boolean => {
  const seat = seatOn(ctx.actor, committee);
  return seat !== undefined && hasVote(seat);
};

/** An internal decision needs one vote: it is agreed as soon as somebody who has one stands behind the wording. */
export const agreeAlone = async (ctx: Ctx, id: string): Promise<void> => {
  const decision = await getDecision(ctx.db, id, ctx.place.audience);
  if (!decision?.visibility) return;
  const { revision } = decision.wording;
  await settle(ctx, decision, { step: 'confirm', to: 'agreed', notes: [['agreed', { revision }]] });
};

const replacedSentence = ({ replacing, visibility }: Recording, voted: boolean): string => {
  if (!replacing) return '';
  const { decision, how } = replacing;
  const label = labelOf(decision);
  if (visibility && voted) return ` It ${how} ${label}.`;
  return how === 'supersedes' ? ` Until then ${label} stays in force.` : ` From then on it amends ${label}.`;
};

const reviewSpans = (reviewOn: Day | undefined): Exclude<Text, string> =>
  reviewOn === undefined ? [] : [' It comes up for review on ', { day: reviewOn }, '.'];

/** Said to whoever would have confirmed it, had they a part in deciding it. */
const recusedSentence = (from: string | undefined, { actor }: Ctx): string =>
  from === undefined
    ? ''
    : ` You are recused from ${from}, so somebody else of ${actor.partner.name} confirms it for your company.`;

interface Voted {
  readonly voted: boolean;
  /** What the actor takes no part in deciding, where that is why they have not. */
  readonly recused?: string | undefined;
}

/** Whether it is confirmed by whoever records it. What a company says to itself is of no meeting. */
const votedOn = async ({ committee, visibility }: Recording, made: Subject, ctx: Ctx): Promise<Voted> => {
  if (!votesOn(ctx, committee)) return { voted: false };
  const recused = visibility ? undefined : await ctx.recusedFrom(made, committee.id);
  return { voted: recused === undefined, recused };
};

const recordedSentence = async (
  label: string,
  { voted, recused }: Voted,
  recording: Recording,
  ctx: Ctx,
): Promise<Text> => {
  const { committee, visibility, details } = recording;
  const all = await ctx.directory.partners(ctx.actor.alliance);
  const needed = concerned(visibility, all).filter((other) => !voted || other.id !== ctx.actor.partner.id);
  const when = needed.length > 0 ? `It is agreed when ${haveConfirmed(needed)}.` : 'It is agreed.';
  const said = `Recorded as ${label} for the ${committee.key}. ${when}${recusedSentence(recused, ctx)}${replacedSentence(recording, voted)}`;
  const seen = ` ${audienceLine(visibility, all)}.`;
  const review = reviewSpans(details.reviewOn);
  return review.length === 0 ? `${said}${seen}` : [said, ...review, seen];
};

const daysToReview = async ({ reviewOn }: Details, ctx: Ctx): Promise<number | undefined> =>
  reviewOn === undefined ? undefined : reviewDaysTo(reviewOn, await today(ctx));

interface Numbered {
  readonly id: string;
  readonly number: number;
  readonly reviewDays?: number;
}

const insert = async (recording: Recording, { id, number, reviewDays }: Numbered, ctx: Ctx): Promise<void> => {
  const { wording, committee, visibility, details, replacing } = recording;
  const { from: _from, ...source } = recording.source;
  const { person, partner, alliance } = ctx.actor;
  const about = { id, alliance, number, committee: committee.id, visibility, ...details };
  const more = { reviewDays, ...(replacing && { replacing: { id: replacing.decision.id, how: replacing.how } }) };
  await insertDecision(ctx.db, { ...about, person, partner: partner.id, at: ctx.now, ...source, ...more }, wording);
};

/**
 * Said before it is recorded, so that it is not taken for made from what the committee is at just now. What a company
 * keeps to itself is made from nothing that it shares.
 */
const traceSource = async (made: Subject, { source, committee, visibility }: Recording, ctx: Ctx): Promise<void> => {
  const from = visibility ? undefined : readSubject(source.from);
  if (from && (await ctx.sourceFor(from)) === committee.id) await ctx.cameFrom(made, from);
};

/** Records a decision, confirmed by the recorder's side if they have a vote, and shows it to those who share it. */
export const record = async (recording: Recording, ctx: Ctx): Promise<View> => {
  const { wording, committee, visibility, details, replacing, source } = recording;
  checkPermission(seated, { actor: ctx.actor, committee });
  checkCommitteeOpen(committee);
  const only = onlyOf(visibility);
  const id = ctx.newId();
  const number = await ctx.nextNumber('D', only);
  const label = labelOf({ number, visibility });
  const reviewDays = await daysToReview(details, ctx);
  await insert(recording, { id, number, reviewDays }, ctx);
  await traceSource(subjectOf(id), recording, ctx);
  const said = await votedOn(recording, subjectOf(id), ctx);
  const { voted } = said;
  if (voted) await confirmFor(ctx, id, 1);
  const related = replacing && { [replacing.how]: labelOf(replacing.decision) };
  const recordedFor = ctx.actor.partner.id;
  const confirmedFor = voted ? recordedFor : null;
  const more = { ...details, reviewDays, ...related, saidAt: source.saidAt };
  const detail = { number, committee: committee.key, ...wording, ...more, recordedFor, confirmedFor };
  await ctx.record(subjectOf(id), 'recorded', detail, only);
  if (replacing) await note(ctx, replacing.decision, 'replacement-proposed', { by: label, how: replacing.how });
  if (voted) await agreeAlone(ctx, id);
  await ctx.announce(subjectOf(id), committee.id, only);
  return doneNotice(await recordedSentence(label, said, recording, ctx), { verb: 'record', id });
};

/** The same committee, or one above it. */
export const isOver = async (above: Committee, below: Committee['id'], ctx: Ctx): Promise<boolean> => {
  const passed = new Set<string>();
  let at: Committee['id'] | undefined = below;
  while (at !== undefined && !passed.has(at)) {
    if (at === above.id) return true;
    passed.add(at);
    at = (await ctx.directory.committee(at))?.parent;
  }
  return false;
};

const LOOKED_AT = 5;

/** A decision that stands, read by the same people, and nearly the same as what is about to be recorded. */
const precedentOf = async ({ wording, committee, visibility }: Recording, ctx: Ctx): Promise<Decision | undefined> => {
  const { audience } = ctx.place;
  const near = await findNear(ctx.db, wording.text, audience, { feature: 'decisions', limit: LOOKED_AT });
  for (const { subject } of near) {
    const decision = await getDecision(ctx.db, subject.id, audience);
    if (decision?.visibility === visibility && (await isOver(committee, decision.committee, ctx))) return decision;
  }
  return undefined;
};

/** Records it; what is close to a decision that stands only once its author has said how the two are related. */
export const recordUnlessNear = async (recording: Recording, ctx: Ctx): Promise<View> => {
  const { wording, committee, visibility, source, details } = recording;
  checkPermission(seated, { actor: ctx.actor, committee });
  checkCommitteeOpen(committee);
  const near = await precedentOf(recording, ctx);
  if (!near) return record(recording, ctx);
  const id = ctx.newId();
  const about = { id, alliance: ctx.alliance, person: ctx.actor.person, committee: committee.id, visibility };
  await insertDraft(ctx.db, { ...about, at: ctx.now, wording, details, source });
  return nearNotice(near, id);
};
