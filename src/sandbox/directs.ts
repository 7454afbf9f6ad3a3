import { found } from './mistake.js';
import type { Conversation, Person, Side } from './model.js';

interface Sides {
  readonly slack: { readonly people: ReadonlyMap<string, Person>; readonly conversations: Map<string, Conversation> };
  readonly teams: { readonly people: ReadonlyMap<string, Person>; readonly conversations: Map<string, Conversation> };
}

/** Ids are made from the person's, so that they stay the same after a restart. */
export const directId = (side: Side, person: string): string =>
  side === 'slack' ? `D${person.slice(1)}` : `a:1${Buffer.from(person).toString('base64url')}`;

export const createDirects =
  (sides: Sides, touch: () => void) =>
  (side: Side, person: string): Conversation => {
    const { people, conversations } = sides[side];
    found(people.get(person), `person '${person}' on ${side}`);
    const id = directId(side, person);
    const known = conversations.get(id);
    if (known) return known;
    const direct: Conversation = { id, kind: 'direct', name: '', members: [person], present: true, archived: false };
    conversations.set(id, direct);
    touch();
    return direct;
  };
