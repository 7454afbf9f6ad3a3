import type { Conversation, Person, SlackMessage } from '../model.js';
import type { SlackView } from '../world.js';
import type { Desk } from './desk.js';
import { messageObject } from './messages.js';
import { encodePiece, type Piece } from './text.js';
import { viewObject } from './views.js';

/** Slack's old verification token: sent with everything, to be ignored. */
const TOKEN = 'sandbox-verification-token';

const handle = (name: string): string => name.toLowerCase().replaceAll(' ', '.');

const teamOf = ({ world: { slack } }: Desk) => ({ id: slack.team.id, domain: slack.team.id.toLowerCase() });

const placeName = (place: Conversation): string => (place.kind === 'direct' ? 'directmessage' : place.name);

export interface CommandParts {
  readonly person: Person;
  readonly place: Conversation;
  readonly command: string;
  readonly text: string;
}

export const commandFields = (desk: Desk, { person, place, command, text }: CommandParts): Record<string, string> => ({
  token: TOKEN,
  team_id: teamOf(desk).id,
  team_domain: teamOf(desk).domain,
  channel_id: place.id,
  channel_name: placeName(place),
  user_id: person.id,
  user_name: handle(person.name),
  command,
  text,
  api_app_id: desk.appId,
  is_enterprise_install: 'false',
  response_url: desk.responses.issue({ person: person.id, conversation: place.id }),
  trigger_id: desk.triggers.issue({ person: person.id }),
});

const interactionBase = (desk: Desk, person: Person) => ({
  team: teamOf(desk),
  user: {
    id: person.id,
    username: handle(person.name),
    name: handle(person.name),
    team_id: teamOf(desk).id,
  },
  api_app_id: desk.appId,
  token: TOKEN,
  enterprise: null,
  is_enterprise_install: false,
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

export const eventPayload = (desk: Desk, event: Readonly<Record<string, unknown>>) => ({
  token: TOKEN,
  team_id: teamOf(desk).id,
  context_team_id: teamOf(desk).id,
  context_enterprise_id: null,
  api_app_id: desk.appId,
  event,
  type: 'event_callback',
  event_id: desk.ids.next('Ev'),
  event_time: Math.floor(desk.world.now() / 1000),
  authorizations: [
    {
      enterprise_id: null,
      team_id: teamOf(desk).id,
      user_id: desk.world.slack.bot.id,
      is_bot: true,
      is_enterprise_install: false,
    },
  ],
  is_ext_shared_channel: false,
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
  team: teamOf(desk).id,
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
