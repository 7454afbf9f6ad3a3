import { z } from 'zod';
import { actingCommittees, noCommitteeYet } from '../../core/acting.js';
import type { Committee, Ctx } from '../../core/context.js';
import { findCalled } from '../../core/entries/entries.js';
import { Refusal } from '../../core/errors.js';
import { type Command, command } from '../../core/feature.js';
import { checkPermission, seated } from '../../core/permission.js';
import { cut, taken } from '../../core/sentences.js';
import type { View } from '../../core/view.js';
import { onlyOf, type Visibility, visibilityHere } from '../../core/visibility.js';
import { recordForm } from './form-views.js';
import { historyOf } from './history-views.js';
import { isOver, record, recordUnlessNear, type Source } from './recording-commands.js';
import { checkReplaceable, checkSameReaders, noSuchDecision, verbOf } from './replacing-rules.js';
import { takeReview } from './review-commands.js';
import { checkCommitteeOpen, type Decision, type Details, labelOf } from './rules.js';
import { getDecision } from './store.js';
import { aroundOf, subjectOf } from './views.js';
import { whyView } from './why-views.js';
import {
  labelIn,
  linkSchema,
  type Relation,
  readReplacing,
  splitDecision,
  textLimits,
  type WordingInput,
  wordingSchema,
} from './wording-rules.js';

/** The committees the actor can record for from where they are. @throws Refusal when there is none */
const committeesHere = async (ctx: Ctx): Promise<readonly Committee[]> => {
  const { actor, place } = ctx;
  const own = (await actingCommittees(ctx)).filter((committee) => seated.allows({ actor, committee }));
  if (own.length === 0) checkPermission(seated, { actor, committee: place.committee });
  if (own.length === 0) throw noCommitteeYet();
  return own;
};

type Spoken = ReturnType<typeof splitDecision>;

const parseWording = (input: z.input<typeof wordingSchema>): WordingInput => {
  const result = wordingSchema.safeParse(input);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new Refusal('wording', issue?.message ?? 'Write what was decided.', String(issue?.path[0] ?? 'text'));
};

const sourceOf = ({ quote }: Ctx): Source => ({
  link: linkSchema.safeParse(quote?.link).data,
  saidAt: quote?.saidAt,
});

const start = async (said: Spoken, details: Details, ctx: Ctx): Promise<View> => {
  const committees = await committeesHere(ctx);
  const visibility = visibilityHere(ctx);
  const source = sourceOf(ctx);
  const [committee, ...others] = committees;
  if (said.text !== '' && committee && others.length === 0)
    return recordUnlessNear({ wording: parseWording(said), committee, visibility, source, details }, ctx);
  const partners = await ctx.directory.partners(ctx.actor.alliance);
  const { text, hint } = taken(ctx.quote?.text ?? '', textLimits.text);
  const draft = ctx.quote && said.text === '' ? { text } : said;
  const carry = {
    ...(source.link ? { link: source.link } : {}),
    ...(source.saidAt === undefined ? {} : { saidAt: String(source.saidAt) }),
  };
  return recordForm({ draft: { ...draft, ...details }, hint, committees, visibility, partners, carry });
};

/** The decision that people call so, where they speak. @throws Refusal for none */
const calledDecision = async (label: string, ctx: Ctx): Promise<Decision> => {
  const { audience } = ctx.place;
  const found = await findCalled(ctx.db, label, audience);
  const decision = found?.subject.feature === 'decisions' && (await getDecision(ctx.db, found.subject.id, audience));
  if (!decision) throw noSuchDecision(cut(label, 20));
  return decision;
};

/**
 * The committee that supersedes or amends a decision from here: the channel's, if it is the same or one above it.
 * Directly to Entente it is the same one.
 */
export const replacingCommittee = async (decision: Decision, how: Relation, ctx: Ctx): Promise<Committee> => {
  const own = await ctx.directory.committee(decision.committee);
  const here = ctx.place.committee ?? own;
  if (here && (await isOver(here, decision.committee, ctx))) {
    checkCommitteeOpen(here);
    return here;
  }
  const whose = own?.key ?? 'another committee';
  throw new Refusal(
    'other-committee',
    `${labelOf(decision)} is of the ${whose}, and the ${here?.key ?? 'committee here'} does not stand above it. Say this in the channel of the ${whose}, to ${verbOf(how)} it.`,
  );
};

/** What a form about another decision begins with: the words that are to change. An amendment says only what it changes. */
export const startOf = ({ wording, kind }: Decision, how: Relation): Partial<WordingInput> & Details => {
  const { text, because, insteadOf } = wording;
  return { ...(how === 'supersedes' && { text, because, insteadOf }), ...(kind && { kind }) };
};

/** Asks with a form what takes the place of a decision. @throws Refusal when nothing can */
export const replacingForm = async (
  decision: Decision,
  how: Relation,
  draft: Partial<WordingInput> & Details,
  ctx: Ctx,
): Promise<View> => {
  checkReplaceable(decision, how);
  const committee = await replacingCommittee(decision, how, ctx);
  const { visibility } = decision;
  const partners = await ctx.directory.partners(ctx.alliance);
  return recordForm({ draft, committees: [committee], visibility, partners, carry: {}, replacing: { decision, how } });
};

const startReplacing = async (
  { how, label }: NonNullable<ReturnType<typeof readReplacing>>,
  said: Spoken,
  details: Details,
  ctx: Ctx,
): Promise<View> => {
  const decision = await calledDecision(label, ctx);
  const here: Visibility = ctx.place.spot.direct ? decision.visibility : visibilityHere(ctx);
  checkSameReaders(decision, here, how, ctx.actor);
  checkReplaceable(decision, how);
  if (said.text === '') {
    const quoted = ctx.quote?.text ? { text: cut(ctx.quote.text, textLimits.text) } : undefined;
    return replacingForm(decision, how, { ...(quoted ?? startOf(decision, how)), ...details }, ctx);
  }
  const committee = await replacingCommittee(decision, how, ctx);
  const replacing = { decision, how };
  const wording = parseWording(said);
  return record(
    { wording, committee, visibility: decision.visibility, source: sourceOf(ctx), details, replacing },
    ctx,
  );
};

const decide = async (text: string, ctx: Ctx): Promise<View> => {
  const [, verb] = /^(supersede|amend)s?$/iu.exec(text.trim()) ?? [];
  if (verb)
    throw new Refusal('which', `Say which decision: decision ${verb.toLowerCase()} D-14 [what takes its place].`);
  const replacing = readReplacing(text);
  const { said, reviewOn } = await takeReview(replacing?.rest ?? text, ctx);
  const spoken = splitDecision(said);
  const details: Details = reviewOn === undefined ? {} : { reviewOn };
  return replacing ? startReplacing(replacing, spoken, details, ctx) : start(spoken, details, ctx);
};

/** Everything that is known of why a decision is as it is. */
const tellWhy = async (decision: Decision, ctx: Ctx): Promise<View> => {
  const around = await aroundOf(decision, ctx, ctx.place.audience);
  if (!around) throw noSuchDecision(labelOf(decision));
  const entries = await ctx.history(subjectOf(decision.id), onlyOf(decision.visibility));
  return whyView(decision, await historyOf(entries, ctx), around);
};

const WHICH = "Say which decision you mean: why D-14. Say 'log' and a word to find it.";

export const decisionCommands: readonly Command[] = [
  command({
    name: 'decision',
    summary: 'Record what the committee decided, for both companies to confirm.',
    usage:
      '[what was decided] because [why] instead of [what was rejected] review on [day]; or supersede D-14 [text], amend D-14 [text]',
    menu: 'Log decision',
    args: z.object({ text: z.string() }),
    run: ({ text }, ctx) => decide(text, ctx),
  }),
  command({
    name: 'why',
    summary: 'Why something was decided, instead of what, and by whom.',
    usage: '[D-14]',
    args: z.object({ text: z.string().transform((text) => /^[^\s?.!]*/u.exec(text.trim())?.[0] ?? '') }),
    run: async ({ text }, ctx) => {
      if (text === '') throw new Refusal('which', WHICH);
      const label = labelIn(text, 'bare');
      return tellWhy(await calledDecision(label ?? text, ctx), ctx);
    },
  }),
];
