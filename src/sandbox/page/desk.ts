import { createContext, useContext } from 'react';
import type { Conversation, MenuEntry, Outcome, Side, SlackState, TeamsState, World } from '../model.js';

/** What all parts of one side share: whose desk this is, and how they act. */
export interface Desk {
  readonly side: Side;
  /** The platform in words: 'Slack'. */
  readonly platform: string;
  readonly state: SlackState | TeamsState;
  readonly commands: World['commands'];
  readonly menus: readonly MenuEntry[];
  /** Id of the person acted as. */
  readonly person: string;
  /** Side and person are added. Resolves to nothing when it failed, after saying so on the side. */
  readonly act: (path: string, body?: object) => Promise<Outcome | undefined>;
}

const DeskContext = createContext<Desk | undefined>(undefined);
export const DeskProvider = DeskContext.Provider;

export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (desk === undefined) throw new Error('a part of a side was drawn outside of it');
  return desk;
}

export function nameOf(state: SlackState | TeamsState, id: string): string {
  if (id === state.bot.id) return state.bot.name;
  if (id === 'USLACKBOT') return 'Slackbot';
  return state.people.find((person) => person.id === id)?.name ?? id;
}

/** As people say it: '#jsc' on Slack, 'JSC' on Teams, 'Entente' for direct messages. */
export function titleOf(side: Side, conversation: Conversation, bot: string): string {
  if (conversation.kind === 'direct') return bot;
  return side === 'slack' && conversation.kind === 'channel' ? `#${conversation.name}` : conversation.name;
}
