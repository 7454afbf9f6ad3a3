import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Conversation, SlackMessage, TeamsMessage } from './model.js';
import type { LiveWorld, SlackHome } from './world.js';

const FORMAT = 1;
const DEBOUNCE_MS = 200;

/** What outlives a restart: places and messages. People come from the seed, dialogs are closed, failures mended. */
interface Saved {
  readonly format: typeof FORMAT;
  readonly slack: {
    readonly conversations: readonly Conversation[];
    readonly messages: readonly SlackMessage[];
    readonly homes: readonly (readonly [string, SlackHome])[];
  };
  readonly teams: { readonly conversations: readonly Conversation[]; readonly messages: readonly TeamsMessage[] };
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

const restore = (world: LiveWorld, saved: Saved): void => {
  for (const side of ['slack', 'teams'] as const)
    for (const place of saved[side].conversations) world[side].conversations.set(place.id, place);
  for (const message of saved.slack.messages) world.slack.messages.set(message.id, message);
  for (const message of saved.teams.messages) world.teams.messages.set(message.id, message);
  for (const [person, home] of saved.slack.homes) world.slack.homes.set(person, home);
};

const take = ({ slack, teams }: LiveWorld): Saved => ({
  format: FORMAT,
  slack: {
    conversations: [...slack.conversations.values()],
    messages: [...slack.messages.values()],
    homes: [...slack.homes],
  },
  teams: { conversations: [...teams.conversations.values()], messages: [...teams.messages.values()] },
});

/** Keeps the world in a file, whole after a crash; returns how to write the last state. */
export const persist = (world: LiveWorld, path: string): (() => void) => {
  const saved = read(path);
  if (saved) restore(world, saved);
  mkdirSync(dirname(path), { recursive: true });
  let timer: NodeJS.Timeout | undefined;
  const write = () => {
    timer = undefined;
    writeFileSync(`${path}.new`, JSON.stringify(take(world)));
    renameSync(`${path}.new`, path);
  };
  const forget = world.onTouch(() => {
    timer ??= setTimeout(write, DEBOUNCE_MS).unref();
  });
  return () => {
    forget();
    clearTimeout(timer);
    write();
  };
};
