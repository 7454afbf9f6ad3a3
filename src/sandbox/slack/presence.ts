import { undelivered } from '../hearing.js';
import { found, Mistake } from '../mistake.js';
import type { Conversation, Install, Membership, Outcome, Presence, Share } from '../model.js';
import { hears, homeOf, mainOf } from '../workplaces.js';
import { type Desk, deskAt } from './desk.js';
import type { Shipment } from './outgoing.js';
import { eventPayload } from './payloads.js';
import { type Link, linkAt, personOf, tell } from './tell.js';

const event = (desk: Desk, fields: Readonly<Record<string, unknown>>, place?: Conversation): Shipment => ({
  kind: 'event',
  payload: eventPayload(desk, { ...fields, event_ts: desk.ids.ts() }, place),
});

export const openHome = async (given: Link, id: string): Promise<Outcome> => {
  const person = personOf(given.desk, id);
  const place = given.desk.world.direct('slack', id);
  if (!hears(given.desk.world, 'slack', place)) return undelivered(given.desk.world, 'slack', id);
  const link = linkAt(given, place);
  const opened = event(link.desk, { type: 'app_home_opened', user: person.id, channel: place.id, tab: 'home' });
  return tell(link, { person: id }, opened);
};

const placeOf = ({ world }: Desk, id: string): Conversation =>
  found(world.slack.conversations.get(id), `conversation '${id}'`);

const put = ({ world }: Desk, place: Conversation): void => {
  world.slack.conversations.set(place.id, place);
  world.touch();
};

export const setPresence = async (given: Link, { conversation, present }: Presence): Promise<Outcome> => {
  const { world } = given.desk;
  const place = { ...placeOf(given.desk, conversation), present };
  const link = linkAt(given, place);
  if (present && !world.slack.installedIn.has(link.desk.team.id))
    throw new Mistake(400, `Entente is not installed in ${link.desk.team.name} yet.`);
  put(given.desk, place);
  const inviter = place.members[0] ?? '';
  // Entente does not subscribe to its own leaving.
  if (!present) return undelivered(world, 'slack', inviter);
  const joined = { type: 'member_joined_channel', user: world.slack.bot.id, channel: place.id, channel_type: 'C' };
  return tell(link, { person: inviter }, event(link.desk, { ...joined, team: link.desk.team.id, inviter }, place));
};

export const setMember = async (given: Link, { conversation, person: id, here }: Membership): Promise<Outcome> => {
  const { world } = given.desk;
  const person = personOf(given.desk, id);
  const before = placeOf(given.desk, conversation);
  const link = linkAt(given, before);
  const team = homeOf(world, 'slack', person).id;
  if (before.kind === 'direct') throw new Mistake(400, 'Nobody joins direct messages.');
  if (here && team !== link.desk.team.id && !before.sharedWith?.includes(team))
    throw new Mistake(400, `Share #${before.name} with ${homeOf(world, 'slack', person).name} first.`);
  const others = before.members.filter((member) => member !== id);
  const place = { ...before, members: here ? [...others, id] : others };
  put(given.desk, place);
  if (!hears(world, 'slack', place)) return undelivered(world, 'slack', id);
  const type = here ? 'member_joined_channel' : 'member_left_channel';
  const told = { type, user: id, channel: place.id, channel_type: 'C', team };
  return tell(link, { person: id }, event(link.desk, told, place));
};

/** Those who came with the other workspace leave with it. */
const withoutPeopleOf = ({ world }: Desk, place: Conversation, workspace: string): readonly string[] =>
  place.members.filter((id) => {
    const person = world.slack.people.get(id);
    return !person || homeOf(world, 'slack', person).id !== workspace;
  });

export const setShared = async (given: Link, { conversation, shared, with: wanted }: Share): Promise<Outcome> => {
  const { world } = given.desk;
  const before = placeOf(given.desk, conversation);
  const link = linkAt(given, before);
  const others = [...world.slack.workplaces.keys()].filter((id) => id !== link.desk.team.id);
  const other = found(wanted ?? (shared ? others[0] : before.sharedWith?.[0]), 'other workspace');
  if (!others.includes(other)) throw new Mistake(400, 'A channel is shared with another workspace than its own.');
  const rest = (before.sharedWith ?? []).filter((id) => id !== other);
  const place = shared
    ? { ...before, sharedWith: [...rest, other] }
    : { ...before, sharedWith: rest, members: withoutPeopleOf(given.desk, before, other) };
  put(given.desk, place);
  if (!hears(world, 'slack', place)) return undelivered(world, 'slack', '');
  const told = shared
    ? { type: 'channel_shared', connected_team_id: other, channel: place.id }
    : {
        type: 'channel_unshared',
        previously_connected_team_id: other,
        channel: place.id,
        is_ext_shared: rest.length > 0,
      };
  return tell(link, { person: '' }, event(link.desk, told, place));
};

const deskOf = (desk: Desk, workspace: string | undefined): Desk =>
  deskAt(desk, workspace ?? mainOf(desk.world, 'slack').id);

const tellRevoked = (link: Link, desk: Desk): Promise<Outcome> =>
  tell(
    link,
    { person: '' },
    event(desk, { type: 'tokens_revoked', tokens: { oauth: [], bot: [desk.world.slack.bot.id] } }),
  );

/** The environment's token works; what OAuth gives is the consent page's. */
export const install = async ({ desk }: Link, { workplace }: Install): Promise<Outcome> => {
  if (workplace !== undefined && workplace !== mainOf(desk.world, 'slack').id)
    throw new Mistake(400, 'On Slack, other workspaces install through OAuth.');
  desk.tokens.revive();
  desk.world.touch();
  return undelivered(desk.world, 'slack', '');
};

/** Slack tells of both, in no certain order. */
export const uninstall = async (link: Link, { workplace }: Install): Promise<Outcome> => {
  const desk = deskOf(link.desk, workplace);
  desk.tokens.end(desk.team.id, true);
  desk.world.touch();
  await tellRevoked(link, desk);
  return tell(link, { person: '' }, event(desk, { type: 'app_uninstalled' }));
};

export const revoke = async (link: Link, { workplace }: Install): Promise<Outcome> => {
  const desk = deskOf(link.desk, workplace);
  desk.tokens.end(desk.team.id, false);
  desk.world.touch();
  return tellRevoked(link, desk);
};
