/* What may take the place of what, and how a dispute and a review end. Pure. */
import type { Actor, Partner } from '../../core/context.js';
import { daysAfter } from '../../core/days.js';
import { Refusal } from '../../core/errors.js';
import type { Day, PartnerId } from '../../core/ids.js';
import type { Visibility } from '../../core/visibility.js';
import { checkStep, type Decision, hasEffect, isLive, labelOf, takeStep } from './rules.js';
import type { Relation } from './wording-rules.js';

export const verbOf = (how: Relation): 'supersede' | 'amend' => (how === 'supersedes' ? 'supersede' : 'amend');

/** Nothing is called so, or nothing that may be read here: the same sentence, so that it tells of nothing. */
export const noSuchDecision = (label: string): Refusal =>
  new Refusal(
    'no-decision',
    `There is no decision ${label} in your log. Say 'log' and a word to find the one you mean.`,
  );

/**
 * @throws Refusal unless the decision is in force, so that another can supersede or amend it, and no other one waits to
 * supersede it
 */
export const checkReplaceable = (decision: Decision, how: Relation): void => {
  const label = labelOf(decision);
  const verb = verbOf(how);
  checkStep(decision, 'supersede');
  if (decision.status === 'recorded')
    throw new Refusal('not-agreed', `${label} is not agreed yet. Use Suggest a change on its card instead.`);
  if (decision.status === 'disputed' && how === 'amends')
    throw new Refusal(
      'disputed',
      `${label} is disputed, so there is nothing to amend. Use Suggest a change on its card, or say 'decision supersede ${label}'.`,
    );
  const pending = decision.replacedBy.find((one) => one.how === 'supersedes' && !hasEffect(one.status));
  if (pending)
    throw new Refusal(
      'replaced-soon',
      `${pending.label} waits to supersede ${label} already. Confirm it, change it or withdraw it before you ${verb} ${label}.`,
    );
};

/** What is one company's alone neither replaces what both share nor is replaced by it. @throws Refusal */
export const checkSameReaders = (decision: Decision, here: Visibility, how: Relation, actor: Actor): void => {
  if (decision.visibility === here) return;
  const label = labelOf(decision);
  throw new Refusal(
    'other-readers',
    here
      ? `What is recorded here is ${actor.partner.name}’s alone, and ${label} is shared. Say this where all companies read it, such as the committee's channel.`
      : `${label} is ${actor.partner.name}’s alone, and all companies would read what ${how} it. Say this in your company's own channel.`,
  );
};

/** @throws Refusal when what a decision is to replace was replaced or withdrawn meanwhile */
export const checkStillReplaces = (decision: Decision): void => {
  const { replaces } = decision;
  if (!replaces || hasEffect(decision.status) || isLive(replaces.status)) return;
  throw new Refusal(
    'replaced-meanwhile',
    `${labelOf(decision)} ${replaces.how} ${replaces.label}, which was ${replaces.status} meanwhile. Withdraw ${labelOf(decision)} and record anew what it should replace.`,
  );
};

const partnerNamed = (partners: readonly Partner[], id: PartnerId): string =>
  partners.find((partner) => partner.id === id)?.name ?? 'the company';

/** Whose dispute it is takes it back. @throws Refusal */
export const checkTakeBack = (decision: Decision, actor: Actor, partners: readonly Partner[]): void => {
  checkStep(decision, 'take-back');
  const whose = decision.dispute?.partner;
  if (whose !== undefined && whose !== actor.partner.id)
    throw new Refusal(
      'their-dispute',
      `${partnerNamed(partners, whose)} disputes ${labelOf(decision)}, so only its people take that back. You can suggest a change, or withdraw it.`,
    );
};

/**
 * Before it is agreed a decision is its author's to withdraw. What both had agreed falls only when both let go of it: one
 * disputes, the other withdraws.
 * @throws Refusal
 */
export const checkWithdraw = (decision: Decision, actor: Actor): void => {
  takeStep(decision, 'withdraw', 'withdrawn');
  const shared = decision.visibility === '';
  if (shared && decision.dispute?.partner === actor.partner.id)
    throw new Refusal(
      'own-dispute',
      `${actor.partner.name} disputes ${labelOf(decision)}; to let go of it is for the other side. You can take the dispute back, or suggest a change.`,
    );
};

/** @throws Refusal when the review that somebody answers was answered before */
export const checkReview = (decision: Decision, asked: Day | undefined): void => {
  checkStep(decision, 'review');
  if (asked === decision.reviewOn && (asked !== undefined || decision.revisit)) return;
  throw new Refusal(
    'reviewed-already',
    `The review of ${labelOf(decision)} was answered already. Its card says how, and its History by whom.`,
  );
};

/** Half a year, for one of which nobody knows better. */
const USUAL_DAYS = 182;

/** As long after today as the last one was set ahead. */
export const nextReview = ({ reviewDays }: Pick<Decision, 'reviewDays'>, today: Day): Day =>
  daysAfter(today, reviewDays ?? USUAL_DAYS);
