import type { Conversation, Person, TeamsMessage, Workplace } from '../model.js';
import { homeOf, workplaceOf } from '../workplaces.js';
import { type Desk, mriOf, threadId } from './desk.js';

type Json = Readonly<Record<string, unknown>>;

const CONVERSATION_TYPES: Readonly<Record<Conversation['kind'], string>> = {
  channel: 'channel',
  group: 'groupChat',
  direct: 'personal',
};

const isShared = (place: Conversation): boolean => (place.sharedWith?.length ?? 0) > 0;

const channelDataOf = (desk: Desk, place: Conversation): Json => ({
  tenant: { id: workplaceOf(desk.world, 'teams', place).id },
  ...(place.kind === 'channel'
    ? {
        teamsChannelId: place.id,
        teamsTeamId: place.id,
        channel: { id: place.id, ...(isShared(place) ? { type: 'shared', name: place.name } : {}) },
        team: { id: place.id, name: place.team },
      }
    : {}),
});

const localTime = (at: number, zone: string): string => {
  const local = new Date(at).toLocaleString('sv-SE', { timeZone: zone }).replace(' ', 'T');
  const minutes = Math.round((Date.parse(`${local}Z`) - at) / 60_000);
  const part = (value: number) => String(Math.floor(Math.abs(value))).padStart(2, '0');
  return `${local}.000${minutes < 0 ? '-' : '+'}${part(minutes / 60)}:${part(Math.abs(minutes) % 60)}`;
};

export interface Setting {
  readonly person: Person;
  readonly place: Conversation;
  /** Channels: the first message of the thread. */
  readonly root?: string;
}

/** The fields that all activities from a person share. */
export const activityBase = (desk: Desk, { person, place, root }: Setting): Json => {
  const { world } = desk;
  const { bot } = world.teams;
  const at = world.now();
  const own = homeOf(world, 'teams', person).id;
  const tenant = workplaceOf(world, 'teams', place).id;
  return {
    timestamp: new Date(at).toISOString(),
    localTimestamp: localTime(at, person.zone),
    localTimezone: person.zone,
    serviceUrl: desk.serviceUrl,
    channelId: 'msteams',
    from: {
      id: mriOf(person.id),
      name: person.name,
      aadObjectId: person.id,
      ...(own === tenant ? {} : { tenantId: own }),
    },
    recipient: { id: bot.id, name: bot.name },
    conversation: {
      ...(place.kind === 'direct' ? {} : { isGroup: true }),
      ...(place.kind === 'channel' ? { name: place.name } : {}),
      conversationType: CONVERSATION_TYPES[place.kind],
      tenantId: tenant,
      id: root === undefined ? place.id : threadId(place, root),
    },
    channelData: channelDataOf(desk, place),
    locale: person.locale ?? 'en-GB',
  };
};

const clientInfo = ({ zone, locale = 'en-GB' }: Person): Json => ({
  locale,
  country: locale.split('-')[1] ?? '',
  platform: 'Web',
  timezone: zone,
  type: 'clientInfo',
});

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('\n', '<br>');

const asHtml = (text: string): string => `<p>${escaped(text)}</p>`;

/** Teams shows the beginning of what is quoted, and sends no more than that. */
const PREVIEW = 400;

const quoteHtml = (desk: Desk, { id, from, text, plain }: TeamsMessage): string => {
  const author = desk.world.teams.people.get(from);
  const mri = author ? `8:orgid:${author.id}` : desk.world.teams.bot.id;
  const preview = escaped((text === '' ? plain : text).slice(0, PREVIEW));
  return `<blockquote itemscope="" itemtype="http://schema.skype.com/Reply" itemid="${id}">\r\n<strong itemprop="mri" itemid="${mri}">${author?.name ?? desk.world.teams.bot.name}</strong><span itemprop="time" itemid="${id}"></span>\r\n<p itemprop="preview">${preview}</p>\r\n</blockquote>\r\n`;
};

/** What a person said. */
export const messageActivity = (
  desk: Desk,
  setting: Setting,
  message: TeamsMessage,
  entities: readonly object[],
  quoted?: TeamsMessage,
): Json => ({
  ...activityBase(desk, setting),
  type: 'message',
  id: message.id,
  text: message.text,
  textFormat: 'plain',
  attachments: [
    { contentType: 'text/html', content: `${quoted ? quoteHtml(desk, quoted) : ''}${asHtml(message.text)}` },
  ],
  entities: [...entities, clientInfo(setting.person)],
  ...(message.thread ? { replyToId: message.thread } : {}),
});

/** What Action.Submit sends outside of dialogs. */
export const valueActivity = (desk: Desk, setting: Setting, message: TeamsMessage, value: Json): Json => ({
  ...activityBase(desk, setting),
  type: 'message',
  id: desk.nextEvent(),
  value,
  replyToId: message.id,
  entities: [clientInfo(setting.person)],
});

export const invokeActivity = (desk: Desk, setting: Setting, name: string, value: Json, replyToId?: string): Json => ({
  ...activityBase(desk, setting),
  type: 'invoke',
  id: desk.nextEvent(),
  name,
  value,
  ...(replyToId ? { replyToId } : {}),
  entities: [clientInfo(setting.person)],
});

/** The message that a message extension was opened on. */
export const messagePayload = (desk: Desk, message: TeamsMessage): Json => {
  const author = desk.world.teams.people.get(message.from);
  const place = desk.world.teams.conversations.get(message.conversation);
  const tenant = place ? workplaceOf(desk.world, 'teams', place) : desk.world.teams.tenant;
  const link = `https://teams.microsoft.com/l/message/${encodeURIComponent(message.conversation)}/${message.id}`;
  return {
    id: message.id,
    replyToId: message.thread ?? null,
    createdDateTime: new Date(message.at).toISOString(),
    lastModifiedDateTime: null,
    deleted: false,
    subject: null,
    importance: 'normal',
    locale: 'en-us',
    linkToMessage: `${link}?tenantId=${tenant.id}&createdTime=${message.id}&parentMessageId=${message.thread ?? message.id}`,
    from: author
      ? {
          user: { userIdentityType: 'aadUser', id: author.id, displayName: author.name },
          device: null,
          application: null,
        }
      : { user: null, device: null, application: { id: desk.appId, displayName: desk.world.teams.bot.name } },
    body: { contentType: 'html', content: asHtml(message.text || message.plain) },
    attachments: [],
    mentions: [],
    reactions: [],
  };
};

type Event = Readonly<Record<'membersAdded' | 'membersRemoved', readonly Json[] | undefined>>;

const update = (desk: Desk, setting: Setting, members: Partial<Event>, eventType: string, more: Json = {}): Json => {
  const base = activityBase(desk, setting);
  const data = base.channelData as Json;
  return {
    ...base,
    type: 'conversationUpdate',
    id: desk.nextEvent(),
    ...members,
    channelData: setting.place.kind === 'channel' ? { ...data, ...more, eventType } : data,
  };
};

/** Teams tells of an installation twice: as installationUpdate and as conversationUpdate. */
export const presenceActivities = (desk: Desk, setting: Setting, present: boolean): Json[] => {
  const members = [{ id: desk.world.teams.bot.id }];
  return [
    {
      ...activityBase(desk, setting),
      type: 'installationUpdate',
      id: desk.nextEvent(),
      action: present ? 'add' : 'remove',
    },
    update(
      desk,
      setting,
      present ? { membersAdded: members } : { membersRemoved: members },
      present ? 'teamMemberAdded' : 'teamMemberRemoved',
    ),
  ];
};

/** Somebody joins a conversation that has Entente, or leaves it; in a shared channel Teams says from which tenant. */
export const memberActivity = (desk: Desk, setting: Setting, member: Person, here: boolean): Json => {
  const members = [{ id: mriOf(member.id), aadObjectId: member.id, name: member.name }];
  const shared = isShared(setting.place);
  const tenantId = homeOf(desk.world, 'teams', member).id;
  const source = { sourceType: 'channel', id: setting.place.id, membershipType: 'direct', tenantId };
  const verb = here ? 'Added' : 'Removed';
  return update(
    desk,
    setting,
    here ? { membersAdded: members } : { membersRemoved: members },
    `${shared ? 'channel' : 'team'}Member${verb}`,
    shared ? { membershipSource: source } : {},
  );
};

/** A channel is shared with a team of another tenant, or no longer. */
export const sharingActivity = (desk: Desk, setting: Setting, tenant: Workplace, shared: boolean): Json => {
  const team = { tenantId: tenant.id, id: `19:${tenant.domain}@thread.tacv2`, name: tenant.name };
  return update(
    desk,
    setting,
    {},
    shared ? 'channelShared' : 'channelUnshared',
    shared ? { sharedWithTeams: [team] } : { unsharedFromTeams: [team] },
  );
};
