/* Guests are invited to an item, and not to the meeting. Pure. */
import type { Committee, Seat } from '../../core/context.js';
import { Refusal } from '../../core/errors.js';
import type { PartnerId, PersonId } from '../../core/ids.js';
import { nameText, sameName } from '../../core/naming.js';
import { nameIn } from '../../core/sentences.js';

export interface Guest {
  readonly id: string;
  readonly item: string;
  /** Somebody of one of the companies. */
  readonly person?: PersonId;
  /** Anybody else: 'Dr Kim, Kim Consulting'. */
  readonly name?: string;
  readonly invitedBy: PersonId;
  readonly invitedFor: PartnerId;
}

export const guestLimits = { perItem: 3, name: 60, company: 60 } as const;

const NAMELESS = 'Choose somebody, or write the name of whoever is invited.';

const named = nameText('A name', guestLimits.name, NAMELESS);
const employed = nameText('A company', guestLimits.company, 'Write the company, or leave it empty.');

export interface Invited {
  readonly person?: PersonId;
  readonly name?: string;
}

const read = (schema: typeof named, text: string, field: string): string => {
  const { data, error } = schema.safeParse(text);
  if (data !== undefined) return data;
  throw new Refusal('name', error.issues[0]?.message ?? NAMELESS, field);
};

/** Whom a form or a sentence means: one of the people, or a name. @throws Refusal for nobody, and for both */
export const settleGuest = (said: { person?: PersonId; name?: string; company?: string }): Invited => {
  const { person, name = '', company = '' } = said;
  if (person !== undefined && name.trim() !== '')
    throw new Refusal('two-guests', 'Choose one person, or write one name. Invite the other one after this.', 'name');
  if (person !== undefined) return { person };
  const who = read(named, name, 'name');
  return { name: company.trim() === '' ? who : `${who}, ${read(employed, company, 'company')}` };
};

/** @throws Refusal for whoever is there anyway or is invited already, and for too many */
export const checkGuest = (
  invited: Invited,
  guests: readonly Guest[],
  { committee, seats }: { readonly committee: Committee; readonly seats: readonly Seat[] },
): void => {
  const seat = seats.find(({ person, role }) => person === invited.person && role !== 'guest');
  if (seat)
    throw new Refusal(
      'has-seat',
      `${seat.personName} sits on the ${committee.key} and is invited to its meetings anyway.`,
      'person',
    );
  if (guests.some(({ person, name }) => person === invited.person && name === invited.name))
    throw new Refusal('invited', 'They are invited to this item already.', invited.person ? 'person' : 'name');
  if (guests.length >= guestLimits.perItem)
    throw new Refusal(
      'too-many',
      `An item has ${guestLimits.perItem} guests at most. Whoever is needed more often gets a seat: 'seat @person guest'.`,
      'name',
    );
};

export const guestName = ({ person, name }: Invited, names: ReadonlyMap<PersonId, string>): string =>
  person === undefined ? (name ?? '') : nameIn(names, person);

/** True of a name that was typed for somebody of these companies: 'Bob Brown', 'Bob Brown, Acme Bio'. */
export const namesPerson = (typed: string, name: string, companies: readonly string[]): boolean =>
  [name, ...companies.map((company) => `${name}, ${company}`)].some((one) => sameName(one, typed));
