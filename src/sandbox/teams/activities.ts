import type { Conversation, Person, TeamsMessage } from '../model.js';
import { type Desk, mriOf, threadId } from './desk.js';

type Json = Readonly<Record<string, unknown>>;

const CONVERSATION_TYPES: Readonly<Record<Conversation['kind'], string>> = {
  channel: 'channel',
  group: 'groupChat',
  direct: 'personal',
};

const channelDataOf = (desk: Desk, place: Conversation): Json => ({
  tenant: { id: desk.world.teams.tenant.id },
  ...(place.kind === 'channel'
    ? {
        teamsChannelId: place.id,
        teamsTeamId: place.id,
        channel: { id: place.id },
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
  const { tenant, bot } = desk.world.teams;
  const at = desk.world.now();
  return {
    timestamp: new Date(at).toISOString(),
    localTimestamp: localTime(at, person.zone),
    localTimezone: person.zone,
    serviceUrl: desk.serviceUrl,
    channelId: 'msteams',
    from: { id: mriOf(person.id), name: person.name, aadObjectId: person.id },
    recipient: { id: bot.id, name: bot.name },
    conversation: {
      ...(place.kind === 'direct' ? {} : { isGroup: true }),
      ...(place.kind === 'channel' ? { name: place.name } : {}),
      conversationType: CONVERSATION_TYPES[place.kind],
      tenantId: tenant.id,
      id: root === undefined ? place.id : threadId(place, root),
    },
    channelData: channelDataOf(desk, place),
    locale: 'en-US',
  };
};

const clientInfo = (zone: string): Json => ({
  locale: 'en-US',
  country: 'US',
  platform: 'Web',
  timezone: zone,
  type: 'clientInfo',
});

const asHtml = (text: string): string => `<p>${text.replaceAll('&', '&amp;').replaceAll('\n', '<br>')}</p>`;

/** What a person said. */
export const messageActivity = (
  desk: Desk,
  setting: Setting,
  message: TeamsMessage,
  entities: readonly object[],
): Json => ({
  ...activityBase(desk, setting),
  type: 'message',
  id: message.id,
  text: message.text,
  textFormat: 'plain',
  attachments: [{ contentType: 'text/html', content: asHtml(message.text) }],
  entities: [...entities, clientInfo(setting.person.zone)],
  ...(message.thread ? { replyToId: message.thread } : {}),
});

/** What Action.Submit sends outside of dialogs. */
export const valueActivity = (desk: Desk, setting: Setting, message: TeamsMessage, value: Json): Json => ({
  ...activityBase(desk, setting),
  type: 'message',
  id: desk.nextEvent(),
  value,
  replyToId: message.id,
  entities: [clientInfo(setting.person.zone)],
});

export const invokeActivity = (desk: Desk, setting: Setting, name: string, value: Json, replyToId?: string): Json => ({
  ...activityBase(desk, setting),
  type: 'invoke',
  id: desk.nextEvent(),
  name,
  value,
  ...(replyToId ? { replyToId } : {}),
  entities: [clientInfo(setting.person.zone)],
});

/** The message that a message extension was opened on. */
export const messagePayload = (desk: Desk, message: TeamsMessage): Json => {
  const author = desk.world.teams.people.get(message.from);
  const { tenant } = desk.world.teams;
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

/** Teams tells of an installation twice: as installationUpdate and as conversationUpdate. */
export const presenceActivities = (desk: Desk, setting: Setting, present: boolean): Json[] => {
  const { bot } = desk.world.teams;
  const base = { ...activityBase(desk, setting) };
  const members = [{ id: bot.id }];
  const event = present ? 'teamMemberAdded' : 'teamMemberRemoved';
  const data = base.channelData as Json;
  return [
    { ...base, type: 'installationUpdate', id: desk.nextEvent(), action: present ? 'add' : 'remove' },
    {
      ...base,
      type: 'conversationUpdate',
      id: desk.nextEvent(),
      ...(present ? { membersAdded: members } : { membersRemoved: members }),
      channelData: setting.place.kind === 'channel' ? { ...data, eventType: event } : data,
    },
  ];
};
