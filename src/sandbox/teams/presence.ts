import { undelivered } from '../hearing.js';
import { found } from '../mistake.js';
import type { Conversation, Outcome, Presence } from '../model.js';
import { presenceActivities } from './activities.js';
import { personOf } from './desk.js';
import { type Link, tell } from './tell.js';

const tellPresence = async (link: Link, place: Conversation, present: boolean): Promise<Outcome> => {
  const person = personOf(link.desk, place.members[0] ?? '');
  let outcome = undelivered(link.desk.world, 'teams', person.id);
  for (const activity of presenceActivities(link.desk, { person, place }, present)) {
    const next = await tell(link, { person: person.id }, activity);
    outcome = { ...next, ...(outcome.error ? outcome : {}), answers: [...outcome.answers, ...next.answers] };
  }
  return outcome;
};

export const setPresence = async (link: Link, { conversation, present }: Presence): Promise<Outcome> => {
  const { world } = link.desk;
  const place = { ...found(world.teams.conversations.get(conversation), `conversation '${conversation}'`), present };
  world.teams.conversations.set(place.id, place);
  world.touch();
  return tellPresence(link, place, present);
};

/** Tells of the whole app: every conversation that has it, and every person's own chat, one after the other. */
export const setInstalled = async (link: Link, installed: boolean): Promise<Outcome> => {
  const { world } = link.desk;
  world.teams.installed = installed;
  for (const person of world.teams.people.keys()) world.direct('teams', person);
  world.touch();
  let result: Outcome | undefined;
  for (const place of [...world.teams.conversations.values()]) {
    if (!place.present) continue;
    const outcome = await tellPresence(link, place, installed);
    if (!result || outcome.error) result = outcome;
  }
  return result ?? undelivered(world, 'teams', '');
};
