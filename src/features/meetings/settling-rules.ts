/*
 * Who settles what somebody proposes for the minutes. They are both companies' words: whoever proposes speaks for their
 * own one, so a co-chair of another company takes it. Leaving it changes nothing: any co-chair may, and who proposed it.
 * A company without a co-chair is spoken for by its alliance professional. Pure.
 */
import type { Actor, Partner, Seat } from '../../core/context.js';
import { Refusal } from '../../core/errors.js';
import { listNames } from '../../core/sentences.js';
import type { Proposal } from './minutes-rules.js';

export interface Settling {
  readonly actor: Pick<Actor, 'person' | 'partner' | 'professional'>;
  readonly seats: readonly Seat[];
  readonly partners: readonly Partner[];
}

const speaksForOwn = ({ actor, seats }: Settling): boolean => {
  const chairs = seats.filter(({ role, partner }) => role === 'co-chair' && partner === actor.partner.id);
  if (chairs.length === 0) return true;
  return chairs.some(({ person }) => person === actor.person);
};

/** Those whose co-chairs may take it; where no other company takes part yet, one's own. */
const takersOf = ({ partner }: Pick<Proposal, 'partner'>, partners: readonly Partner[]): readonly Partner[] => {
  const others = partners.filter(({ id }) => id !== partner);
  return others.length > 0 ? others : partners;
};

export const mayTake = (proposal: Proposal, settling: Settling): boolean =>
  speaksForOwn(settling) && takersOf(proposal, settling.partners).some(({ id }) => id === settling.actor.partner.id);

export const mayLeave = (proposal: Proposal, settling: Settling): boolean =>
  proposal.person === settling.actor.person || speaksForOwn(settling);

/** @throws Refusal for what is settled already */
export const checkOpen = ({ status }: Proposal): void => {
  if (status === 'open') return;
  throw new Refusal(
    'settled',
    `This change was ${status === 'taken' ? 'taken' : 'left'} already. Propose another one if it is still not right.`,
  );
};

/** @throws Refusal */
export const checkTake = (proposal: Proposal, settling: Settling): void => {
  checkOpen(proposal);
  if (mayTake(proposal, settling)) return;
  const names = listNames(takersOf(proposal, settling.partners).map(({ name }) => name));
  throw new Refusal(
    'other-side',
    `The minutes are both companies’ words: a co-chair of ${names} takes this change. You can ask them, or leave it.`,
  );
};

/** @throws Refusal */
export const checkLeave = (proposal: Proposal, settling: Settling): void => {
  checkOpen(proposal);
  if (mayLeave(proposal, settling)) return;
  throw new Refusal('co-chairs', 'Co-chairs settle what is proposed, and whoever proposed it. Ask one of them.');
};
