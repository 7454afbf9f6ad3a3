import type { Conversation, Person } from '../model.js';
import { type Desk, SlackFault } from './desk.js';
import type { Method } from './methods.js';

export const channelObject = ({ world: { slack } }: Desk, place: Conversation) => ({
  id: place.id,
  ...(place.kind === 'direct' ? { user: place.members[0] } : { name: place.name, name_normalized: place.name }),
  is_channel: place.kind === 'channel',
  is_im: place.kind === 'direct',
  is_mpim: place.kind === 'group',
  is_group: false,
  is_private: place.kind !== 'channel',
  is_archived: place.archived,
  is_member: place.present,
  is_shared: false,
  is_ext_shared: false,
  is_org_shared: false,
  context_team_id: slack.team.id,
  num_members: place.members.length + (place.present ? 1 : 0),
});

/** Slack states the offset in seconds as well. */
const offsetOf = (zone: string, at: number): number => {
  const local = new Date(at).toLocaleString('sv-SE', { timeZone: zone });
  return Math.round((Date.parse(`${local.replace(' ', 'T')}Z`) - at) / 60_000) * 60;
};

const userObject = ({ world }: Desk, person: Person, bot = false) => ({
  id: person.id,
  team_id: world.slack.team.id,
  name: person.name.toLowerCase().replaceAll(' ', '.'),
  real_name: person.name,
  deleted: false,
  is_bot: bot,
  is_app_user: false,
  tz: person.zone,
  tz_label: person.zone,
  tz_offset: offsetOf(person.zone, world.now()),
  locale: 'en-US',
  profile: { real_name: person.name, display_name: person.name.split(' ')[0], team: world.slack.team.id },
});

const placeOf = ({ world }: Desk, id: unknown): Conversation => {
  const place = world.slack.conversations.get(String(id));
  if (!place) throw new SlackFault('channel_not_found');
  return place;
};

const noMore = { response_metadata: { next_cursor: '' } };

const KIND_OF: Readonly<Record<string, Conversation['kind']>> = {
  public_channel: 'channel',
  im: 'direct',
  mpim: 'group',
};

const conversationsList: Method = (args, desk) => {
  const kinds = String(args.types ?? 'public_channel')
    .split(',')
    .map((type) => KIND_OF[type.trim()]);
  const places = [...desk.world.slack.conversations.values()].filter(
    ({ kind, archived }) => kinds.includes(kind) && !(archived && String(args.exclude_archived) === 'true'),
  );
  return { channels: places.map((place) => channelObject(desk, place)), ...noMore };
};

const conversationsOpen: Method = (args, desk) => {
  const [user, ...others] = String(args.users ?? '').split(',');
  if (!user || others.length > 0)
    throw new SlackFault(user ? 'method_not_supported_for_channel_type' : 'users_list_not_supplied');
  if (!desk.world.slack.people.has(user)) throw new SlackFault('user_not_found');
  const place = desk.world.direct('slack', user);
  return { channel: String(args.return_im) === 'true' ? channelObject(desk, place) : { id: place.id } };
};

const conversationsMembers: Method = (args, desk) => {
  const place = placeOf(desk, args.channel);
  return { members: [...place.members, ...(place.present ? [desk.world.slack.bot.id] : [])], ...noMore };
};

const usersInfo: Method = (args, desk) => {
  const { bot, people } = desk.world.slack;
  if (args.user === bot.id) return { user: userObject(desk, { ...bot, zone: 'UTC' }, true) };
  const person = people.get(String(args.user));
  if (!person) throw new SlackFault('user_not_found');
  return { user: userObject(desk, person) };
};

const usersList: Method = (_args, desk) => {
  const { bot, people } = desk.world.slack;
  const users = [...people.values()].map((person) => userObject(desk, person));
  return { members: [...users, userObject(desk, { ...bot, zone: 'UTC' }, true)], ...noMore };
};

const authTest: Method = (_args, { world: { slack } }) => ({
  url: `https://${slack.team.id.toLowerCase()}.slack.com/`,
  team: slack.team.name,
  user: slack.bot.name.toLowerCase(),
  team_id: slack.team.id,
  user_id: slack.bot.id,
  bot_id: `B${slack.bot.id.slice(1)}`,
  is_enterprise_install: false,
});

const teamInfo: Method = (_args, { world: { slack } }) => ({
  team: { ...slack.team, domain: slack.team.id.toLowerCase() },
});

export const directoryMethods: Readonly<Record<string, Method>> = {
  'auth.test': authTest,
  'team.info': teamInfo,
  'users.info': usersInfo,
  'users.list': usersList,
  'conversations.info': (args, desk) => ({ channel: channelObject(desk, placeOf(desk, args.channel)) }),
  'conversations.list': conversationsList,
  'conversations.members': conversationsMembers,
  'conversations.open': conversationsOpen,
};
