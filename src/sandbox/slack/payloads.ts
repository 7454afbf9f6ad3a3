import type { Conversation, Person, SlackMessage } from '../model.js';
import { homeOf } from '../workplaces.js';
import type { SlackView } from '../world.js';
import type { Desk } from './desk.js';
import { messageObject } from './messages.js';
import { encodePiece, type Piece } from './text.js';
import { viewObject } from './views.js';

/** Slack's old verification token: sent with everything, to be ignored. */
const TOKEN = 'sandbox-verification-token';

const handle = (name: string): string => name.toLowerCase().replaceAll(' ', '.');

const teamOf = ({ team: { id, domain, enterprise } }: Desk) => ({
  id,
  domain,
  ...(enterprise ? { enterprise_id: enterprise.id, enterprise_name: enterprise.name } : {}),
});

const isShared = (place: Conversation | undefined): boolean => (place?.sharedWith?.length ?? 0) > 0;

const placeName = (place: Conversation): string => (place.kind === 'direct' ? 'directmessage' : place.name);

export interface CommandParts {
  readonly person: Person;
  readonly place: Conversation;
  readonly command: string;
  readonly text: string;
}

export const commandFields = (desk: Desk, { person, place, command, text }: CommandParts): Record<string, string> => ({
  token: TOKEN,
  team_id: desk.team.id,
  team_domain: desk.team.domain,
  channel_id: place.id,
  channel_name: placeName(place),
  user_id: person.id,
  user_name: handle(person.name),
  command,
  text,
  api_app_id: desk.appId,
  ...(desk.team.enterprise
    ? { enterprise_id: desk.team.enterprise.id, enterprise_name: desk.team.enterprise.name }
    : {}),
  is_enterprise_install: String(desk.org !== undefined),
  response_url: desk.responses.issue({ person: person.id, conversation: place.id }),
  trigger_id: desk.triggers.issue({ person: person.id }),
});

const interactionBase = (desk: Desk, person: Person) => ({
  team: teamOf(desk),
  user: {
    id: person.id,
    username: handle(person.name),
    name: handle(person.name),
    // People of other workspaces who press keep their own here, while `team` is the one that has the app.
    team_id: homeOf(desk.world, 'slack', person).id,
  },
  api_app_id: desk.appId,
  token: TOKEN,
  enterprise: desk.org ?? null,
  is_enterprise_install: desk.org !== undefined,
});

const channelOf = (place: Conversation) => ({ id: place.id, name: placeName(place) });

/** Slack's private messages come back without their content. */
const messageOf = (desk: Desk, message: SlackMessage) =>
  message.onlyFor ? {} : { message: messageObject(desk, message) };

export interface PressParts {
  readonly person: Person;
  readonly actions: readonly object[];
  readonly values: object;
}

export const pressOnMessage = (desk: Desk, parts: PressParts, message: SlackMessage, place: Conversation) => ({
  type: 'block_actions',
  ...interactionBase(desk, parts.person),
  container: {
    type: 'message',
    message_ts: message.id,
    channel_id: place.id,
    is_ephemeral: message.onlyFor !== undefined,
    ...(message.thread ? { thread_ts: message.thread } : {}),
  },
  trigger_id: desk.triggers.issue({ person: parts.person.id }),
  channel: channelOf(place),
  ...messageOf(desk, message),
  state: { values: parts.values },
  response_url: desk.responses.issue({ person: parts.person.id, conversation: place.id, message: message.id }),
  actions: parts.actions,
});

export const pressOnView = (desk: Desk, parts: PressParts, shown: Parameters<typeof viewObject>[1]) => ({
  type: 'block_actions',
  ...interactionBase(desk, parts.person),
  container: { type: 'view', view_id: shown.id },
  trigger_id: desk.triggers.issue({
    person: parts.person.id,
    ...(shown.view.type === 'modal' ? { view: shown.id } : {}),
  }),
  view: viewObject(desk, shown, parts.values),
  actions: parts.actions,
});

export const submission = (desk: Desk, person: Person, dialog: SlackView, values: object) => ({
  type: 'view_submission',
  ...interactionBase(desk, person),
  trigger_id: desk.triggers.issue({ person: person.id, view: dialog.id }),
  view: viewObject(desk, dialog, values),
  response_urls: [],
});

export const closing = (desk: Desk, person: Person, dialog: SlackView, cleared: boolean) => ({
  type: 'view_closed',
  ...interactionBase(desk, person),
  view: viewObject(desk, dialog),
  is_cleared: cleared,
});

export interface MenuParts {
  readonly person: Person;
  readonly message: SlackMessage;
  readonly place: Conversation;
  readonly entry: string;
}

export const messageAction = (desk: Desk, { person, message, place, entry }: MenuParts) => ({
  type: 'message_action',
  ...interactionBase(desk, person),
  callback_id: entry,
  action_ts: desk.ids.ts(),
  trigger_id: desk.triggers.issue({ person: person.id }),
  channel: channelOf(place),
  response_url: desk.responses.issue({ person: person.id, conversation: place.id }),
  message_ts: message.id,
  message: messageObject(desk, message),
});

export const eventPayload = (desk: Desk, event: Readonly<Record<string, unknown>>, place?: Conversation) => ({
  token: TOKEN,
  team_id: desk.team.id,
  ...(desk.org ? { enterprise_id: desk.org.id } : {}),
  context_team_id: desk.team.id,
  context_enterprise_id: desk.team.enterprise?.id ?? null,
  api_app_id: desk.appId,
  event,
  type: 'event_callback',
  event_id: desk.ids.next('Ev'),
  event_time: Math.floor(desk.world.now() / 1000),
  authorizations: [
    {
      enterprise_id: desk.team.enterprise?.id ?? null,
      // Of an installation for the whole organisation, Slack names no workspace here.
      team_id: desk.org ? null : desk.team.id,
      user_id: desk.world.slack.bot.id,
      is_bot: true,
      is_enterprise_install: desk.org !== undefined,
    },
  ],
  is_ext_shared_channel: isShared(place),
  event_context: `4-${desk.ids.next('')}`,
});

const richElement = (piece: Piece): object => {
  switch (piece.type) {
    case 'text':
      return { type: 'text', text: piece.text };
    case 'user':
      return { type: 'user', user_id: piece.id };
    case 'channel':
      return { type: 'channel', channel_id: piece.id };
    case 'broadcast':
      return { type: 'broadcast', range: piece.range };
    case 'link':
      return { type: 'link', url: piece.url };
    default:
      return piece satisfies never;
  }
};

const homeTeam = ({ world, team }: Desk, id: string): string => {
  const person = world.slack.people.get(id);
  return person ? homeOf(world, 'slack', person).id : team.id;
};

/** A person's message as an event: app_mention in channels, message in direct messages. */
export const messageEvent = (
  desk: Desk,
  message: SlackMessage,
  place: Conversation,
  pieces: readonly Piece[],
): Record<string, unknown> => ({
  type: place.kind === 'direct' ? 'message' : 'app_mention',
  user: message.from,
  ts: message.id,
  client_msg_id: desk.ids.next('m'),
  text: pieces.map(encodePiece).join(''),
  team: homeTeam(desk, message.from),
  ...(isShared(place) ? { user_team: homeTeam(desk, message.from), source_team: homeTeam(desk, message.from) } : {}),
  ...(message.thread ? { thread_ts: message.thread } : {}),
  blocks: [
    {
      type: 'rich_text',
      block_id: desk.ids.next('b'),
      elements: [{ type: 'rich_text_section', elements: pieces.map(richElement) }],
    },
  ],
  channel: place.id,
  event_ts: message.id,
  ...(place.kind === 'direct' ? { channel_type: 'im' } : {}),
});
