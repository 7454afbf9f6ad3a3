import type { Card, TeamsMessage } from '../model.js';
import { cardFaults } from './cards.js';
import { ConnectorFault, type Desk } from './desk.js';
import { type FileContent, fileContent } from './files.js';
import { LIMITS } from './limits.js';
import { cardPlain, isMention, mentionedPeople, plainText } from './text.js';

type Json = Readonly<Record<string, unknown>>;

export const CARD_TYPE = 'application/vnd.microsoft.card.adaptive';

export interface Content extends Pick<TeamsMessage, 'asked' | 'file'> {
  readonly text: string;
  readonly card?: Card;
  readonly mentions: TeamsMessage['mentions'];
}

const badArgument = (message: string): never => {
  throw new ConnectorFault(400, 'BadArgument', message);
};

/** @throws ConnectorFault 413: Teams counts the whole payload in UTF-16 */
export const checkSize = (activity: unknown): void => {
  if (JSON.stringify(activity ?? null).length * 2 > LIMITS.messageBytes)
    throw new ConnectorFault(413, 'MessageSizeTooBig', 'Message size too large.');
};

/** @throws ConnectorFault 400 */
export const acceptCard = (content: unknown): Card => {
  const faults = cardFaults(content);
  if (faults.length > 0) badArgument(`Invalid Adaptive Card: ${faults.join('; ')}`);
  return content as Card;
};

const attached = (desk: Desk, activity: Json): Partial<FileContent> => {
  const attachments = (activity.attachments ?? []) as readonly { contentType?: unknown; content?: unknown }[];
  if (attachments.length > 1) badArgument('The sandbox shows one attachment per message.');
  const [attachment] = attachments;
  if (!attachment) return {};
  const file = fileContent(desk, attachment);
  if (file) return file;
  if (attachment.contentType !== CARD_TYPE) badArgument(`Unknown attachment type '${attachment.contentType}'.`);
  return { card: acceptCard(attachment.content) };
};

/** What an activity shows. @throws ConnectorFault when Teams would not take it */
export const contentOf = (desk: Desk, activity: Json): Content => {
  checkSize(activity);
  const text = typeof activity.text === 'string' ? activity.text : '';
  const { card, ...file } = attached(desk, activity);
  if (text.trim() === '' && !card) badArgument('Activity must contain text or an attachment.');
  const entities = (activity.entities ?? []) as readonly unknown[];
  const inCard = (card?.msteams as { entities?: readonly unknown[] } | undefined)?.entities ?? [];
  const people = [
    ...mentionedPeople(desk, entities, text),
    ...mentionedPeople(desk, inCard.filter(isMention), JSON.stringify(card?.body ?? [])),
  ];
  return {
    text,
    ...(card ? { card } : {}),
    ...file,
    mentions: people.map(({ id, name }) => ({ name, person: id })),
  };
};

export interface Draft extends Content {
  readonly conversation: string;
  readonly from: string;
  readonly thread?: string;
  readonly onlyFor?: string;
}

const readable = ({ text, card, mentions }: Content) => ({
  plain: [...(text === '' ? [] : [plainText(text)]), ...(card ? [cardPlain(card)] : [])].join('\n'),
  pings: [...new Set(mentions.map(({ person }) => person))],
});

export const postMessage = (desk: Desk, draft: Draft, id = desk.nextId()): TeamsMessage => {
  const message: TeamsMessage = {
    side: 'teams',
    id,
    at: desk.world.now(),
    changes: 0,
    localCards: {},
    ...draft,
    ...readable(draft),
  };
  desk.world.put(message);
  return message;
};

/** The new card is everybody's again: what single people saw after a press is gone. */
export const changeMessage = (desk: Desk, message: TeamsMessage, content: Content): TeamsMessage => {
  const { card: _card, asked: _asked, file: _file, ...rest } = message;
  const changed: TeamsMessage = {
    ...rest,
    ...content,
    localCards: {},
    changes: message.changes + 1,
    changedAt: desk.world.now(),
    ...readable(content),
  };
  desk.world.put(changed);
  return changed;
};

/** The card in one person's own view. */
export const showLocally = (desk: Desk, message: TeamsMessage, person: string, card: Card): TeamsMessage => {
  const current = desk.world.teams.messages.get(message.id) ?? message;
  const changed = { ...current, localCards: { ...current.localCards, [person]: card } };
  desk.world.put(changed);
  return changed;
};
