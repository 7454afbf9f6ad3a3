import type { Conversation, Message, SlackState, TeamsState } from '../model.js';

type State = SlackState | TeamsState;

/** Stands for the direct messages with Entente before anybody has said anything there. */
export const NO_DIRECT = 'direct';

/** Where a person can look: their channels and group chats, and last their direct messages with Entente. */
export function placesOf(state: State, person: string): readonly Conversation[] {
  const mine = state.conversations.filter(({ members }) => members.includes(person));
  const direct = mine.find(({ kind }) => kind === 'direct') ?? emptyDirect(person);
  return [...mine.filter(({ kind }) => kind !== 'direct'), direct];
}

const emptyDirect = (person: string): Conversation => ({
  id: NO_DIRECT,
  kind: 'direct',
  name: '',
  members: [person],
  present: true,
  archived: false,
});

/** What a person sees in a conversation, oldest first. */
export function messagesIn(state: State, conversation: string, person: string): readonly Message[] {
  const all: readonly Message[] = state.messages;
  return all.filter((it) => it.conversation === conversation && (!it.onlyFor || it.onlyFor === person));
}

export interface Thread {
  readonly head: Message;
  readonly replies: readonly Message[];
}

/** Replies stand under what they answer; one whose head is not there stands alone. */
export function threadsOf(messages: readonly Message[]): readonly Thread[] {
  const ids = new Set(messages.map(({ id }) => id));
  const isReply = ({ id, thread }: Message) => thread !== undefined && thread !== id && ids.has(thread);
  return messages
    .filter((message) => !isReply(message))
    .map((head) => ({ head, replies: messages.filter((it) => isReply(it) && it.thread === head.id) }));
}

/** By person and conversation: until when it has been read. */
export type Seen = Readonly<Record<string, number>>;

export const seenKey = (person: string, conversation: string): string => `${person} ${conversation}`;

export const lastAt = (messages: readonly Message[]): number => messages.reduce((max, { at }) => Math.max(max, at), 0);

/** `since`: when the page was opened; what is older has been read. */
export function isUnread(state: State, conversation: string, person: string, seen: Seen, since: number): boolean {
  const until = seen[seenKey(person, conversation)] ?? since;
  return messagesIn(state, conversation, person).some(({ at, from }) => at > until && from !== person);
}
