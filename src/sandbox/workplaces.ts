import type { Conversation, Person, Side, Workplace } from './model.js';
import type { LiveWorld } from './world.js';

type Held = Pick<LiveWorld, 'slack' | 'teams'>;

/** The workplace that a side shows. */
export const mainOf = (world: Held, side: Side): Workplace =>
  side === 'slack' ? world.slack.team : world.teams.tenant;

/** Where a person belongs; a guest has an account in the workplace that let them in. */
export const homeOf = (world: Held, side: Side, person: Person): Workplace =>
  world[side].workplaces.get(person.home ?? '') ?? mainOf(world, side);

export const emailOf = (world: Held, side: Side, person: Person): string =>
  person.email ?? `${person.name.split(' ', 1)[0]?.toLowerCase()}@${homeOf(world, side, person).domain}.example`;

/**
 * Whose conversation it is. Direct messages are those of the person's own workplace; on Slack, the app of another workspace
 * that they share a channel with writes to them from there, as long as their own has none.
 */
export const workplaceOf = (world: Held, side: Side, place: Conversation): Workplace => {
  const { workplaces, people, installedIn, conversations } = world[side];
  if (place.workplace) return workplaces.get(place.workplace) ?? mainOf(world, side);
  const person = place.kind === 'direct' ? people.get(place.members[0] ?? '') : undefined;
  if (!person) return mainOf(world, side);
  const home = homeOf(world, side, person);
  const shares = [...conversations.values()].some(
    ({ kind, workplace, members }) => kind !== 'direct' && workplace === undefined && members.includes(person.id),
  );
  return side === 'teams' || installedIn.has(home.id) || !shares ? home : mainOf(world, side);
};

/** All workplaces whose people read a conversation. */
export const readersOf = (world: Held, side: Side, place: Conversation): readonly string[] => [
  workplaceOf(world, side, place).id,
  ...(place.sharedWith ?? []),
];

/** The app is in the workplace of this conversation, and in the conversation. */
export const hears = (world: Held, side: Side, place: Conversation): boolean =>
  place.present && world[side].installedIn.has(workplaceOf(world, side, place).id);
