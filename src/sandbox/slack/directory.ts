import type { Conversation, Person } from '../model.js';
import { emailOf, homeOf, workplaceOf } from '../workplaces.js';
import { acquaintance, type Desk, knownPlace, meets, SlackFault, sees } from './desk.js';
import type { Method } from './methods.js';

export const channelObject = ({ world }: Desk, place: Conversation) => {
  const owner = workplaceOf(world, 'slack', place).id;
  const others = place.sharedWith ?? [];
  const external = others.length > 0;
  return {
    id: place.id,
    ...(place.kind === 'direct' ? { user: place.members[0] } : { name: place.name, name_normalized: place.name }),
    is_channel: place.kind === 'channel',
    is_im: place.kind === 'direct',
    is_mpim: place.kind === 'group',
    is_group: false,
    is_private: place.kind !== 'channel',
    is_archived: place.archived,
    is_member: place.present,
    is_shared: external,
    is_ext_shared: external,
    is_org_shared: false,
    is_pending_ext_shared: false,
    ...(external ? { shared_team_ids: [owner, ...others], conversation_host_id: owner } : {}),
    context_team_id: owner,
    num_members: place.members.length + (place.present ? 1 : 0),
  };
};

/** Slack states the offset in seconds as well. */
const offsetOf = (zone: string, at: number): number => {
  const local = new Date(at).toLocaleString('sv-SE', { timeZone: zone });
  return Math.round((Date.parse(`${local.replace(' ', 'T')}Z`) - at) / 60_000) * 60;
};

const grid = ({ id, name }: { readonly id: string; readonly name: string }) => ({
  enterprise_id: id,
  enterprise_name: name,
});

/** E-mail needs its own scope; of people from elsewhere Slack tells no locale, and of nobody unless asked. */
const userObject = (desk: Desk, person: Person, { bot = false, locale = false } = {}) => {
  const { world, team, scopes } = desk;
  const home = homeOf(world, 'slack', person);
  const external = person.home !== undefined && home.id !== team.id;
  return {
    id: person.id,
    team_id: home.id,
    name: person.name.toLowerCase().replaceAll(' ', '.'),
    real_name: person.name,
    deleted: false,
    is_bot: bot,
    is_app_user: false,
    is_restricted: person.guest === true,
    is_ultra_restricted: false,
    ...(external ? { is_stranger: !meets(desk, person) } : {}),
    tz: person.zone,
    tz_label: person.zone,
    tz_offset: offsetOf(person.zone, world.now()),
    ...(locale && !external ? { locale: person.locale ?? 'en-GB' } : {}),
    ...(home.enterprise ? { enterprise_user: { ...grid(home.enterprise), id: person.id, teams: [home.id] } } : {}),
    profile: {
      real_name: person.name,
      display_name: person.name.split(' ')[0],
      team: home.id,
      ...(scopes.includes('users:read.email') && !bot ? { email: emailOf(world, 'slack', person) } : {}),
    },
  };
};

/** Entente's own user belongs to each workspace that it is installed in. */
const botObject = (desk: Desk, locale = false) => {
  const { world, team } = desk;
  return userObject(desk, { ...world.slack.bot, zone: 'UTC', home: team.id }, { bot: true, locale });
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
    (place) =>
      kinds.includes(place.kind) && sees(desk, place) && !(place.archived && String(args.exclude_archived) === 'true'),
  );
  return { channels: places.map((place) => channelObject(desk, place)), ...noMore };
};

const conversationsOpen: Method = (args, desk) => {
  const [user, ...others] = String(args.users ?? '').split(',');
  if (!user || others.length > 0)
    throw new SlackFault(user ? 'method_not_supported_for_channel_type' : 'users_list_not_supplied');
  const place = desk.world.direct('slack', acquaintance(desk, user).id);
  return { channel: String(args.return_im) === 'true' ? channelObject(desk, place) : { id: place.id } };
};

const MEMBERS_PER_PAGE = 100;

const conversationsMembers: Method = (args, desk) => {
  const place = knownPlace(desk, args.channel);
  const all = [...place.members, ...(place.present ? [desk.world.slack.bot.id] : [])];
  const from = Number(args.cursor || 0);
  if (!Number.isInteger(from) || from < 0 || from > all.length) throw new SlackFault('invalid_cursor');
  const to = from + Math.min(1000, Number(args.limit || MEMBERS_PER_PAGE));
  return { members: all.slice(from, to), response_metadata: { next_cursor: to < all.length ? String(to) : '' } };
};

const asked = (value: unknown): boolean => String(value) === 'true' || String(value) === '1';

const usersInfo: Method = (args, desk) => {
  const { bot } = desk.world.slack;
  const locale = asked(args.include_locale);
  if (args.user === bot.id) return { user: botObject(desk, locale) };
  return { user: userObject(desk, acquaintance(desk, args.user), { locale }) };
};

/** Nobody of another workspace. */
const usersList: Method = (args, desk) => {
  const { people } = desk.world.slack;
  const locale = asked(args.include_locale);
  const own = [...people.values()].filter((person) => homeOf(desk.world, 'slack', person).id === desk.team.id);
  const users = own.map((person) => userObject(desk, person, { locale }));
  return { members: [...users, botObject(desk)], ...noMore };
};

/** Of an installation for the whole organisation, Slack tells the organisation in place of the workspace. */
const authTest: Method = (_args, { world: { slack }, team, org }) => ({
  url: `https://${team.domain}${org ? '.enterprise' : ''}.slack.com/`,
  team: org?.name ?? team.name,
  user: slack.bot.name.toLowerCase(),
  team_id: org?.id ?? team.id,
  user_id: slack.bot.id,
  bot_id: `B${slack.bot.id.slice(1)}`,
  ...(team.enterprise ? { enterprise_id: team.enterprise.id } : {}),
  is_enterprise_install: org !== undefined,
});

const teamInfo: Method = (args, desk) => {
  const wanted = args.team === undefined ? desk.team : desk.world.slack.workplaces.get(String(args.team));
  if (!wanted) throw new SlackFault('team_not_found');
  const { id, name, domain, enterprise } = wanted;
  const team = { id, name, domain, email_domain: `${domain}.example`, url: `https://${domain}.slack.com/` };
  return { team: { ...team, ...(enterprise ? grid(enterprise) : {}) } };
};

export const directoryMethods: Readonly<Record<string, Method>> = {
  'auth.test': authTest,
  'team.info': teamInfo,
  'users.info': usersInfo,
  'users.list': usersList,
  'conversations.info': (args, desk) => ({ channel: channelObject(desk, knownPlace(desk, args.channel)) }),
  'conversations.list': conversationsList,
  'conversations.members': conversationsMembers,
  'conversations.open': conversationsOpen,
};
