import { undelivered } from '../hearing.js';
import { linksIn } from '../links.js';
import type { Card, Conversation, Outcome, Say, TeamsMessage } from '../model.js';
import { hears } from '../workplaces.js';
import { invokeActivity, messageActivity, type Setting } from './activities.js';
import type { Desk } from './desk.js';
import { acceptCard, CARD_TYPE, postMessage } from './messages.js';
import { type Link, settingOf, tell } from './tell.js';
import { type MentionEntity, typedText } from './text.js';

interface Attachment {
  readonly contentType?: string;
  readonly content?: unknown;
}

/** Channels and group chats reach a bot only when it is mentioned. */
const reaches = ({ world }: Desk, place: Conversation, entities: readonly MentionEntity[]): boolean =>
  hears(world, 'teams', place) &&
  (place.kind === 'direct' || entities.some(({ mentioned }) => mentioned.id === world.teams.bot.id));

const peopleIn = (desk: Desk, entities: readonly MentionEntity[]): TeamsMessage['mentions'] =>
  entities.flatMap(({ mentioned }) => {
    const person = [...desk.world.teams.people.values()].find(({ name }) => name === mentioned.name);
    return person ? [{ name: person.name, person: person.id }] : [];
  });

/** What the app shows of a link while it is being written: it is sent with the message, as its author's. */
const previewOf = async ({ desk, outgoing }: Link, setting: Setting, text: string): Promise<Card | undefined> => {
  const [url] = linksIn(text);
  if (url === undefined || !hears(desk.world, 'teams', setting.place)) return undefined;
  const { body } = await outgoing.ship(invokeActivity(desk, setting, 'composeExtension/queryLink', { url }));
  const { composeExtension } = (body ?? {}) as { composeExtension?: { type?: string; attachments?: Attachment[] } };
  const [attachment] = composeExtension?.attachments ?? [];
  return attachment?.contentType === CARD_TYPE ? acceptCard(attachment.content) : undefined;
};

export const say = async (link: Link, { person: id, conversation, text, thread }: Say): Promise<Outcome> => {
  const { desk } = link;
  const { place, person } = settingOf(desk, id, conversation);
  const typed = typedText(desk, text);
  const card = await previewOf(link, { person, place }, text);
  const message = postMessage(desk, {
    ...(card && { card }),
    conversation: place.id,
    from: id,
    text: typed.text,
    mentions: peopleIn(desk, typed.entities),
    ...(thread && place.kind === 'channel' ? { thread } : {}),
  });
  const said = message.id;
  if (!reaches(desk, place, typed.entities)) return undelivered(desk.world, 'teams', id, { said });
  // Chats have no threads: a reply there quotes.
  const quoted = place.kind === 'channel' || !thread ? undefined : desk.world.teams.messages.get(thread);
  const setting = { person, place, root: place.kind === 'channel' ? (thread ?? said) : said };
  const activity = messageActivity(desk, setting, message, typed.entities, quoted);
  return tell(link, { person: id, said }, activity);
};
