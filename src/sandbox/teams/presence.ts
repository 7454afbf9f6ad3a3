import { undelivered } from '../hearing.js';
import { found, Mistake } from '../mistake.js';
import type { Conversation, Install, Membership, Outcome, Presence, Share } from '../model.js';
import { hears, homeOf, mainOf, workplaceOf } from '../workplaces.js';
import { memberActivity, presenceActivities, sharingActivity } from './activities.js';
import { type Desk, personOf } from './desk.js';
import { type Link, tell } from './tell.js';

type Json = Readonly<Record<string, unknown>>;

const tellAll = async (link: Link, person: string, activities: readonly Json[]): Promise<Outcome> => {
  let outcome = undelivered(link.desk.world, 'teams', person);
  for (const activity of activities) {
    const next = await tell(link, { person }, activity);
    outcome = { ...next, ...(outcome.error ? outcome : {}), answers: [...outcome.answers, ...next.answers] };
  }
  return outcome;
};

const tellPresence = (link: Link, place: Conversation, present: boolean): Promise<Outcome> => {
  const person = personOf(link.desk, place.members[0] ?? '');
  return tellAll(link, person.id, presenceActivities(link.desk, { person, place }, present));
};

const placeOf = ({ world }: Desk, id: string): Conversation =>
  found(world.teams.conversations.get(id), `conversation '${id}'`);

const put = ({ world }: Desk, place: Conversation): void => {
  world.teams.conversations.set(place.id, place);
  world.touch();
};

export const setPresence = async (link: Link, { conversation, present }: Presence): Promise<Outcome> => {
  const { world } = link.desk;
  const place = { ...placeOf(link.desk, conversation), present };
  const tenant = workplaceOf(world, 'teams', place);
  if (present && !world.teams.installedIn.has(tenant.id))
    throw new Mistake(400, `Entente is not installed in ${tenant.name} yet.`);
  put(link.desk, place);
  return tellPresence(link, place, present);
};

/** Teams keeps guests out of shared channels, and other tenants out of all the rest. */
const checkJoins = (desk: Desk, place: Conversation, id: string): void => {
  const { world } = desk;
  const person = personOf(desk, id);
  const home = homeOf(world, 'teams', person);
  const shared = place.sharedWith ?? [];
  if (place.kind === 'direct') throw new Mistake(400, 'Nobody joins a personal chat.');
  if (person.guest && shared.length > 0) throw new Mistake(400, 'Teams lets no guests into shared channels.');
  if (home.id !== workplaceOf(world, 'teams', place).id && !shared.includes(home.id))
    throw new Mistake(400, `Share ${place.name} with ${home.name} first.`);
};

export const setMember = async (link: Link, { conversation, person: id, here }: Membership): Promise<Outcome> => {
  const { desk } = link;
  const member = personOf(desk, id);
  const before = placeOf(desk, conversation);
  if (here) checkJoins(desk, before, id);
  const others = before.members.filter((one) => one !== id);
  const place = { ...before, members: here ? [...others, id] : others };
  put(desk, place);
  if (!hears(desk.world, 'teams', place)) return undelivered(desk.world, 'teams', id);
  const person = personOf(desk, others[0] ?? id);
  return tellAll(link, id, [memberActivity(desk, { person, place }, member, here)]);
};

export const setShared = async (link: Link, { conversation, shared, with: wanted }: Share): Promise<Outcome> => {
  const { desk } = link;
  const { world } = desk;
  const before = placeOf(desk, conversation);
  if (before.kind !== 'channel') throw new Mistake(400, 'Only channels are shared.');
  const owner = workplaceOf(world, 'teams', before).id;
  const others = [...world.teams.workplaces.values()].filter(({ id }) => id !== owner);
  const id = wanted ?? (shared ? others[0]?.id : before.sharedWith?.[0]);
  const tenant = found(
    others.find((one) => one.id === id),
    'other tenant',
  );
  const rest = (before.sharedWith ?? []).filter((one) => one !== tenant.id);
  const stays = (one: string): boolean => homeOf(world, 'teams', personOf(desk, one)).id !== tenant.id;
  const place = shared
    ? { ...before, sharedWith: [...rest, tenant.id] }
    : { ...before, sharedWith: rest, members: before.members.filter(stays) };
  put(desk, place);
  if (!hears(world, 'teams', place)) return undelivered(world, 'teams', '');
  const person = personOf(desk, place.members[0] ?? '');
  return tellAll(link, person.id, [sharingActivity(desk, { person, place }, tenant, shared)]);
};

/** The conversations that an installation in a tenant reaches: its teams' channels, and its people's own chats. */
const placesIn = ({ world }: Desk, tenant: string): Conversation[] => {
  for (const person of world.teams.people.values())
    if (homeOf(world, 'teams', person).id === tenant) world.direct('teams', person.id);
  return [...world.teams.conversations.values()].filter((place) => workplaceOf(world, 'teams', place).id === tenant);
};

const tellEach = async (link: Link, places: readonly Conversation[], present: boolean): Promise<Outcome> => {
  let result: Outcome | undefined;
  for (const place of places) {
    const outcome = await tellPresence(link, place, present);
    if (!result || outcome.error) result = outcome;
  }
  return result ?? undelivered(link.desk.world, 'teams', '');
};

/** In every team and for every person; group chats and shared channels are given the app one by one. */
export const install = async (link: Link, { workplace }: Install): Promise<Outcome> => {
  const { desk } = link;
  const { teams } = desk.world;
  const tenant = found(teams.workplaces.get(workplace ?? mainOf(desk.world, 'teams').id), `tenant '${workplace}'`);
  teams.installedIn.add(tenant.id);
  for (const place of placesIn(desk, tenant.id))
    if (place.kind === 'channel' && !place.sharedWith?.length) put(desk, { ...place, present: true });
  desk.world.touch();
  const reached = placesIn(desk, tenant.id).filter(({ present }) => present);
  return tellEach(link, reached, true);
};

export const uninstall = async (link: Link, { workplace }: Install): Promise<Outcome> => {
  const { desk } = link;
  const tenant = workplace ?? mainOf(desk.world, 'teams').id;
  const reached = placesIn(desk, tenant).filter(({ present }) => present);
  desk.world.teams.installedIn.delete(tenant);
  desk.world.touch();
  return tellEach(link, reached, false);
};
