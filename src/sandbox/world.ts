import type { HomeView } from '@slack/types';
import type { Clock } from './clock.js';
import { createDirects } from './directs.js';
import { createListeners } from './listeners.js';
import type {
  Beginning,
  CommandHint,
  Conversation,
  Dialog,
  Failure,
  MenuEntry,
  Message,
  Person,
  SeedConversation,
  SlackDialog,
  SlackMessage,
  TeamsDialog,
  TeamsMessage,
  Workplace,
  World,
  WorldSeed,
} from './model.js';
import { keepRecent } from './recent.js';

export interface LiveSide<M extends Message, D extends Dialog> {
  readonly bot: { readonly id: string; readonly name: string };
  readonly people: ReadonlyMap<string, Person>;
  readonly conversations: Map<string, Conversation>;
  readonly messages: Map<string, M>;
  /** In the order of opening, so that the last of a person is on top. */
  readonly dialogs: Map<string, D>;
  failure: Failure;
  /** The one that is shown, and all others whose people turn up. */
  readonly workplaces: ReadonlyMap<string, Workplace>;
  /** Where the app is: its tokens work in none of the others. */
  readonly installedIn: Set<string>;
}

export interface SlackView extends SlackDialog {
  /** The workspace whose app opened it. */
  readonly team: string;
  readonly rootId: string;
  readonly previousId?: string;
  readonly hash: string;
}

export interface SlackHome {
  readonly id: string;
  readonly view: HomeView;
  readonly hash: string;
}

export interface TeamsTask extends TeamsDialog {
  readonly conversation: string;
  /** The message whose button or menu opened it. */
  readonly message?: string;
  /** Set when the message menu opened it: its submission is a message extension's. */
  readonly commandId?: string;
}

export type LiveSlack = LiveSide<SlackMessage, SlackView> & {
  readonly team: Workplace;
  readonly homes: Map<string, SlackHome>;
};

export type LiveTeams = LiveSide<TeamsMessage, TeamsTask> & {
  readonly tenant: Workplace;
};

/** Everything that people of both workplaces can see, in memory. */
export interface LiveWorld {
  readonly slack: LiveSlack;
  readonly teams: LiveTeams;
  readonly clock: Clock;
  readonly now: () => number;
  readonly commands: readonly CommandHint[];
  readonly menus: readonly MenuEntry[];
  /** Shows a message, or its new state. The oldest are forgotten beyond `keepMessages` of a side. */
  put(message: Message): void;
  remove(message: Message): void;
  /** The person's direct messages with Entente, made at need. */
  direct(side: 'slack' | 'teams', person: string): Conversation;
  /** Call after changing anything but messages. */
  touch(): void;
  onMessage(hear: (message: Message) => void): () => void;
  onTouch(hear: () => void): () => void;
  version(): number;
  snapshot(): World;
  begun(): Beginning;
  /** Back to where it began; with another seed of the same people and places, to where that begins. */
  reset(seed?: WorldSeed): void;
}

export interface WorldOptions {
  readonly seed: WorldSeed;
  readonly appId: string;
  readonly clock: Clock;
  readonly commands: readonly CommandHint[];
  readonly menus: readonly MenuEntry[];
  readonly keepMessages: number;
  readonly installUrl?: string;
}

const indexed = <T extends { readonly id: string }>(items: readonly T[]): Map<string, T> =>
  new Map(items.map((item) => [item.id, item]));

const settle = (kind: 'channel' | 'group', seeds: readonly (SeedConversation & { team?: string })[]): Conversation[] =>
  seeds.map((seed) => ({
    id: seed.id,
    kind,
    name: seed.name,
    members: seed.members,
    present: seed.present ?? true,
    archived: false,
    ...(seed.team === undefined ? {} : { team: seed.team }),
    ...(seed.workplace === undefined ? {} : { workplace: seed.workplace }),
    ...(seed.sharedWith === undefined ? {} : { sharedWith: seed.sharedWith }),
  }));

const emptySide = <M extends Message, D extends Dialog>(
  bot: { id: string; name: string },
  { people, workplaces }: { people: readonly Person[]; workplaces: readonly Workplace[] },
) => ({
  bot,
  people: indexed(people),
  conversations: new Map<string, Conversation>(),
  messages: new Map<string, M>(),
  dialogs: new Map<string, D>(),
  failure: { mode: 'ok' } as Failure,
  workplaces: indexed(workplaces),
  installedIn: new Set<string>(),
});

const populate = (slack: LiveSlack, teams: LiveTeams, seed: WorldSeed): void => {
  for (const side of [slack, teams]) {
    for (const part of [side.conversations, side.messages, side.dialogs, side.installedIn]) part.clear();
    side.failure = { mode: 'ok' };
  }
  if (seed.begun !== 'empty') {
    slack.installedIn.add(slack.team.id);
    teams.installedIn.add(teams.tenant.id);
  }
  slack.homes.clear();
  for (const channel of settle('channel', seed.slack.channels)) slack.conversations.set(channel.id, channel);
  const places = [...settle('channel', seed.teams.channels), ...settle('group', seed.teams.groups)];
  for (const place of places) teams.conversations.set(place.id, place);
};

const sideState = <M extends Message, D extends Dialog>(side: LiveSide<M, D>) => ({
  bot: side.bot,
  workplaces: [...side.workplaces.values()],
  installedIn: [...side.installedIn],
  people: [...side.people.values()],
  conversations: [...side.conversations.values()],
  messages: [...side.messages.values()],
  dialogs: [...side.dialogs.values()],
  failure: side.failure,
});

const picture = (slack: LiveSlack, teams: LiveTeams): Pick<World, 'slack' | 'teams'> => ({
  slack: {
    ...sideState(slack),
    team: slack.team,
    homes: Object.fromEntries([...slack.homes].map(([person, home]) => [person, home.view])),
  },
  teams: { ...sideState(teams), tenant: teams.tenant },
});

const emptySides = ({ seed, appId }: WorldOptions): { readonly slack: LiveSlack; readonly teams: LiveTeams } => ({
  slack: {
    ...emptySide<SlackMessage, SlackView>(seed.slack.bot, {
      people: seed.slack.people,
      workplaces: [seed.slack.team, ...(seed.slack.others ?? [])],
    }),
    team: seed.slack.team,
    homes: new Map(),
  },
  teams: {
    ...emptySide<TeamsMessage, TeamsTask>(
      { id: `28:${appId}`, name: seed.teams.bot.name },
      { people: seed.teams.people, workplaces: [seed.teams.tenant, ...(seed.teams.others ?? [])] },
    ),
    tenant: seed.teams.tenant,
  },
});

export const createWorld = (options: WorldOptions): LiveWorld => {
  const { commands, menus, clock, keepMessages, installUrl } = options;
  let { seed } = options;
  let run = 1;
  const { slack, teams } = emptySides(options);
  const messages = createListeners<Message>();
  const touches = createListeners<void>();
  let version = 1;
  const touch = () => {
    version += 1;
    touches.tell();
  };
  populate(slack, teams, seed);
  return {
    slack,
    teams,
    clock,
    now: clock.now,
    commands,
    menus,
    put: (message) => {
      if (message.side === 'slack') keepRecent(slack.messages, message.id, message, keepMessages);
      else keepRecent(teams.messages, message.id, message, keepMessages);
      messages.tell(message);
      touch();
    },
    remove: (message) => {
      (message.side === 'slack' ? slack : teams).messages.delete(message.id);
      touch();
    },
    direct: createDirects({ slack, teams }, touch),
    touch,
    onMessage: messages.add,
    onTouch: touches.add,
    version: () => version,
    snapshot: () => ({
      version,
      ahead: clock.ahead(),
      begun: seed.begun ?? 'demo',
      run,
      ...(installUrl === undefined ? {} : { installUrl }),
      ...picture(slack, teams),
      commands,
      menus,
    }),
    begun: () => seed.begun ?? 'demo',
    reset: (next = seed) => {
      seed = next;
      run += 1;
      populate(slack, teams, seed);
      touch();
    },
  };
};
