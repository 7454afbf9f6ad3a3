/* Who is reminded just before a meeting. Pure. */
import type { Seat } from '../../core/context.js';
import type { PersonId } from '../../core/ids.js';
import type { Answer } from './attendance-rules.js';

export interface Around {
  readonly answers: ReadonlyMap<PersonId, Answer>;
  /** Those who are away on its day. */
  readonly out: ReadonlySet<PersonId>;
  /** Those whose company does not work on its day. */
  readonly off: ReadonlySet<PersonId>;
}

const comesNot = (person: PersonId, { answers, out }: Around): boolean =>
  out.has(person) || answers.get(person) === 'not-coming' || answers.get(person) === 'alternate';

/**
 * Those who come, and those who have not answered unless their company does not work that day. An alternate is only
 * meant where the member whom they stand in for does not come.
 */
export const isReminded = (seat: Seat, around: Around): boolean => {
  const { person, role, standsFor } = seat;
  if (role === 'guest' || comesNot(person, around)) return false;
  if (around.answers.get(person) === 'coming') return true;
  if (around.off.has(person)) return false;
  return role !== 'alternate' || (standsFor !== undefined && comesNot(standsFor, around));
};
