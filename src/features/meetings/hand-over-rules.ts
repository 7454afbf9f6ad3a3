/* Who speaks to an item of an agenda instead of its owner. Pure. */
import type { Seat } from '../../core/context.js';
import { Refusal } from '../../core/errors.js';
import type { PartnerId, PersonId } from '../../core/ids.js';
import type { Item } from './agenda-rules.js';
import { labelOf, type Meeting } from './rules.js';

/** @throws Refusal for what nobody owes anything for any more */
export const checkHandOver = ({ status, title }: Item, meeting: Meeting): void => {
  if (meeting.status !== 'planned')
    throw new Refusal('wrong-time', `${labelOf(meeting)} is not being prepared any more. Nothing has changed.`);
  if (status === 'proposed' || status === 'accepted') return;
  throw new Refusal('item-over', `'${title}' is not on this agenda any more. There is nothing to hand over.`);
};

/** Those who may take it over, people of one's own company first. */
export const heirsOf = ({ owner }: Pick<Item, 'owner'>, seats: readonly Seat[], own: PartnerId): readonly Seat[] => {
  const able = seats.filter(({ person, role }) => role !== 'guest' && person !== owner);
  return [...able.filter(({ partner }) => partner === own), ...able.filter(({ partner }) => partner !== own)];
};

/** @throws Refusal for somebody who may not */
export const checkHeir = (person: string, item: Item, seats: readonly Seat[], own: PartnerId): Seat => {
  const heir = heirsOf(item, seats, own).find((seat) => seat.person === person);
  if (heir) return heir;
  throw new Refusal(
    'no-heir',
    person === item.owner
      ? 'It is theirs already. Choose somebody else.'
      : 'This person has no seat on the committee that could take it over. Choose somebody who has.',
    'owner',
  );
};

export interface HandedOver {
  readonly item: string;
  readonly owner: PersonId;
  readonly ownerWas: PersonId;
}
