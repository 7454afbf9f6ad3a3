import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Beginning, Conversation, SlackMessage, TeamsMessage } from './model.js';
import type { SavedTokens, Tokens } from './slack/tokens.js';
import type { LiveWorld, SlackHome } from './world.js';

const FORMAT = 2;
const DEBOUNCE_MS = 200;

/** What outlives a restart: places and messages. People come from the seed, dialogs are closed, failures mended. */
interface Saved {
  readonly format: typeof FORMAT;
  readonly begun: Beginning;
  /** Missing in older files: the clock was never moved. */
  readonly ahead?: number;
  /** Entente's, so that what it sealed opens after a restart. */
  readonly secret: string;
  readonly slack: {
    readonly installedIn: readonly string[];
    readonly tokens: SavedTokens;
    readonly conversations: readonly Conversation[];
    readonly messages: readonly SlackMessage[];
    readonly homes: readonly (readonly [string, SlackHome])[];
  };
  readonly teams: {
    readonly installedIn: readonly string[];
    readonly conversations: readonly Conversation[];
    readonly messages: readonly TeamsMessage[];
  };
}

const read = (path: string): Saved | undefined => {
  try {
    const saved: Saved = JSON.parse(readFileSync(path, 'utf8'));
    return saved.format === FORMAT ? saved : undefined;
  } catch {
    // Missing or cut off: the sandbox is a toy, it begins anew.
    return undefined;
  }
};

/** How the world in a file began; undefined when there is none. */
export const savedBeginning = (path: string): Beginning | undefined => read(path)?.begun;

const restore = (world: LiveWorld, tokens: Tokens, saved: Saved): void => {
  world.clock.set(saved.ahead ?? 0);
  for (const side of ['slack', 'teams'] as const) {
    for (const place of saved[side].conversations) world[side].conversations.set(place.id, place);
    world[side].installedIn.clear();
    for (const workplace of saved[side].installedIn) world[side].installedIn.add(workplace);
  }
  tokens.restore(saved.slack.tokens);
  for (const message of saved.slack.messages) world.slack.messages.set(message.id, message);
  for (const message of saved.teams.messages) world.teams.messages.set(message.id, message);
  for (const [person, home] of saved.slack.homes) world.slack.homes.set(person, home);
};

const take = ({ slack, teams, begun, clock }: LiveWorld, { tokens, secret }: Kept): Saved => ({
  format: FORMAT,
  begun: begun(),
  ahead: clock.ahead(),
  secret,
  slack: {
    installedIn: [...slack.installedIn],
    tokens: tokens.save(),
    conversations: [...slack.conversations.values()],
    messages: [...slack.messages.values()],
    homes: [...slack.homes],
  },
  teams: {
    installedIn: [...teams.installedIn],
    conversations: [...teams.conversations.values()],
    messages: [...teams.messages.values()],
  },
});

interface Kept {
  readonly tokens: Tokens;
  readonly secret: string;
}

export interface Persistence {
  readonly secret: string;
  /** Writes the last state. */
  save(): void;
}

export const newSecret = (): string => randomBytes(32).toString('hex');

/** Keeps the world in a file, whole after a crash. */
export const persist = (world: LiveWorld, tokens: Tokens, path: string): Persistence => {
  const saved = read(path);
  const secret = saved?.secret ?? newSecret();
  if (saved) restore(world, tokens, saved);
  mkdirSync(dirname(path), { recursive: true });
  let timer: NodeJS.Timeout | undefined;
  const write = () => {
    timer = undefined;
    writeFileSync(`${path}.new`, JSON.stringify(take(world, { tokens, secret })));
    renameSync(`${path}.new`, path);
  };
  const forget = world.onTouch(() => {
    timer ??= setTimeout(write, DEBOUNCE_MS).unref();
  });
  return {
    secret,
    save: () => {
      forget();
      clearTimeout(timer);
      write();
    },
  };
};
