/* What a committee's next meeting might take up of its decisions: those that all companies share. */
import type { AgendaOffer } from '../../core/agenda.js';
import type { Audience, Partner, Read } from '../../core/context.js';
import { dayOf, dayText, todayOf } from '../../core/days.js';
import type { CommitteeId } from '../../core/ids.js';
import { namesOf } from '../../core/sentences.js';
import { SHARED } from '../../core/visibility.js';
import { type Decision, labelOf, missingFor } from './rules.js';
import { shorten, subjectOf, titleOf } from './views.js';
import { listDisputed, listOpen, listReviews, listRevisits } from './waiting-store.js';

const WHY_MAX = 200;

const offered = (decision: Decision, question: string, why: string): AgendaOffer => ({
  ...{ subject: subjectOf(decision.id), kind: 'decision', owner: decision.recordedBy },
  title: `${labelOf(decision)} ${titleOf(decision)}`,
  question,
  why: shorten(why, WHY_MAX),
});

const unconfirmed = (decision: Decision, partners: readonly Partner[], zone: string): AgendaOffer =>
  offered(
    decision,
    `Do we confirm ${labelOf(decision)} as it is worded?`,
    `Recorded on ${dayText(dayOf(decision.recordedAt, zone))} and not confirmed by ${namesOf(missingFor(decision, partners))} yet`,
  );

const disputed = (decision: Decision, partners: readonly Partner[]): AgendaOffer => {
  const { dispute } = decision;
  const by = namesOf(partners.filter(({ id }) => id === dispute?.partner));
  return offered(decision, `Does ${labelOf(decision)} stand?`, `Disputed by ${by}: ${dispute?.reason ?? ''}`);
};

const reviewed = (decision: Decision): AgendaOffer => {
  const on = decision.reviewOn === undefined ? '' : ` on ${dayText(decision.reviewOn)}`;
  return offered(decision, `Is ${labelOf(decision)} still right?`, `Its review was due${on}`);
};

const revisited = (decision: Decision): AgendaOffer => {
  const { revisit } = decision;
  const since = revisit === undefined ? '' : ` since ${dayText(revisit.on)}`;
  return offered(decision, `What changes about ${labelOf(decision)}?`, `To be revisited${since}`);
};

/** Those that are disputed or not confirmed, have come up for review, or are to be revisited. */
export const decisionOffers = async (
  committee: CommitteeId,
  read: Read,
  audience: Audience,
): Promise<readonly AgendaOffer[]> => {
  const { alliance } = audience;
  const partners = await read.directory.partners(alliance);
  const zone = await read.directory.zone(alliance);
  const shared = ({ visibility }: Decision): boolean => visibility === SHARED;
  // What is about to be superseded was answered so.
  const standing = ({ replacedBy }: Decision): boolean => !replacedBy.some(({ how }) => how === 'supersedes');
  const open = await listOpen(read.db, [committee], audience);
  const disputes = await listDisputed(read.db, [committee], audience);
  const reviews = await listReviews(read.db, [committee], audience, await todayOf(read, alliance));
  const revisits = await listRevisits(read.db, committee, audience);
  return [
    ...disputes.filter(shared).map((decision) => disputed(decision, partners)),
    ...open.filter(shared).map((decision) => unconfirmed(decision, partners, zone)),
    ...reviews.filter(shared).filter(standing).map(reviewed),
    ...revisits.filter(shared).filter(standing).map(revisited),
  ];
};
