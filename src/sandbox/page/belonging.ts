import type { Conversation, Person, Side, SlackState, TeamsState, Workplace } from '../model.js';

type State = SlackState | TeamsState;

const NOWHERE: Workplace = { id: '', name: '', domain: '' };

/** The workplace that a side shows. */
export const mainOf = (state: State): Workplace => state.workplaces[0] ?? NOWHERE;

export const homeOf = (state: State, person: Person | undefined): Workplace =>
  state.workplaces.find(({ id }) => id === person?.home) ?? mainOf(state);

const nameOfWorkplace = (state: State, id: string): string =>
  state.workplaces.find((workplace) => workplace.id === id)?.name ?? id;

/** What people are told of somebody who is not simply one of them. */
export function badgeOf(state: State, person: Person | undefined): string | undefined {
  if (person?.guest) return 'Guest';
  return person?.home === undefined ? undefined : homeOf(state, person).name;
}

export function labelOf(state: State, person: Person): string {
  const badge = badgeOf(state, person);
  return badge ? `${person.name} (${badge})` : person.name;
}

/** The app is in the workplace that the person belongs to, or that they are a guest of. */
export const hasApp = (state: State, person: Person | undefined): boolean =>
  state.installedIn.includes(homeOf(state, person).id);

/** On Slack, the app of another workspace can write to people whom it shares a channel with. */
export function hasDirect(side: Side, state: State, person: Person | undefined): boolean {
  if (hasApp(state, person)) return true;
  const shares = state.conversations.some(
    ({ kind, workplace, members }) => kind !== 'direct' && !workplace && person && members.includes(person.id),
  );
  return side === 'slack' && shares && state.installedIn.includes(mainOf(state).id);
}

export interface Readers {
  readonly count: number;
  /** 'Acme Bio only', 'with a guest', 'shared with Nova Pharma' */
  readonly whose: string;
  /** In one word, where there is little room. */
  readonly tag: 'shared' | 'guests' | undefined;
}

const peopleIn = (state: State, { members }: Conversation): readonly Person[] =>
  state.people.filter(({ id }) => members.includes(id));

export function readersOf(state: State, place: Conversation): Readers {
  const count = place.members.length;
  if (place.kind === 'direct') return { count, whose: 'direct', tag: undefined };
  const shared = place.sharedWith ?? [];
  if (shared.length > 0) {
    const names = shared.map((id) => nameOfWorkplace(state, id)).join(' and ');
    return { count, whose: `shared with ${names}`, tag: 'shared' };
  }
  const guests = peopleIn(state, place).filter(({ guest }) => guest).length;
  if (guests > 0) return { count, whose: guests === 1 ? 'with a guest' : `with ${guests} guests`, tag: 'guests' };
  const owner = place.workplace === undefined ? mainOf(state).name : nameOfWorkplace(state, place.workplace);
  return { count, whose: `${owner} only`, tag: undefined };
}
