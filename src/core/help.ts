/*
 * What somebody can say, grouped by what people want to do. It shows only what they may, so it differs from one to the
 * other, and it is short: how a word is used is told by 'help' and that word.
 */
import { type CallerParts, resolveCaller } from './callers.js';
import type { Actor } from './context.js';
import { listActors } from './directory/resolve.js';
import { Refusal } from './errors.js';
import type { Command, Topic } from './feature.js';
import type { Permissions } from './permission.js';
import type { Call } from './platform.js';
import type { ListItem, ListView, NoticeView, View } from './view.js';
import { ALLIANCE, findCommand, HELP } from './words.js';

export interface Sayable {
  readonly commands: readonly Command[];
  readonly permissions?: Permissions;
}

const topics: Readonly<Record<Topic, string>> = {
  log: 'Decide and act',
  committees: 'Committees and channels',
  people: 'People',
  alliance: 'The alliance',
};

/** One of the four, with the words that somebody may say. */
export interface Group {
  readonly title: string;
  readonly commands: readonly Command[];
}

/** With these words somebody begins: newcomers, and those who run an alliance and may run another. */
const begins = ({ visit, guests }: Command): boolean => visit !== undefined && !guests;

const maySay = (command: Command, actors: readonly Actor[], permissions: Permissions | undefined): boolean => {
  if (actors.length === 0) return begins(command);
  if (begins(command)) return actors.some(({ professional }) => professional);
  return actors.some((actor) => permissions?.[command.name]?.allows({ actor }) ?? true);
};

/** What they may say, in any of the alliances that they are asked about as. */
export const groupsFor = ({ commands, permissions }: Sayable, actors: readonly Actor[]): readonly Group[] =>
  (Object.keys(topics) as Topic[])
    .map((topic) => ({
      title: topics[topic],
      commands: commands.filter(
        (command) => (command.topic ?? 'log') === topic && maySay(command, actors, permissions),
      ),
    }))
    .filter((group) => group.commands.length > 0);

const itemOf = ({ title, commands }: Group): ListItem => ({
  title,
  text: commands.map(({ name, summary }) => `${name}: ${summary}`).join('\n'),
});

const helpList = (groups: readonly Group[], several: boolean): ListView => {
  const first = groups[0]?.commands[0]?.name;
  return {
    kind: 'list',
    title: 'What you can say to Entente',
    intro:
      'To Entente directly, the word alone is enough. In a channel begin with /entente on Slack, and with @Entente on Teams.',
    items: [
      ...groups.map(itemOf),
      {
        title: 'More',
        text: [
          ...(first === undefined ? [] : [`${HELP} ${first}: How to use '${first}'; the same for every other word.`]),
          ...(several ? [`${ALLIANCE}: Choose which of your alliances you speak about.`] : []),
          'Without a word: what waits for you.',
        ].join('\n'),
      },
    ],
    empty: 'There is nothing to say yet.',
  };
};

/** How one word is used, and by whom. */
const helpOn = ({ name, usage, summary }: Command, permissions: Permissions | undefined): NoticeView => {
  const who = permissions?.[name]?.who;
  return {
    kind: 'notice',
    title: `${name} ${usage}`.trim(),
    text: who === undefined ? summary : `${summary}\nWho may: ${who}.`,
  };
};

/** As who somebody may speak; nobody of a workspace that takes part in nothing. @throws Refusal for strangers */
const actorsOf = async (parts: CallerParts, call: Call): Promise<{ actors: readonly Actor[]; several: boolean }> => {
  try {
    const who = await resolveCaller(parts, call);
    if (who.kind === 'actor') return { actors: [who.actor], several: who.several };
    return { actors: await listActors(parts.store.read, call.caller, parts.now()), several: true };
  } catch (error) {
    if (error instanceof Refusal && error.code === 'unknown-workspace') return { actors: [], several: false };
    throw error;
  }
};

/** @throws Refusal for strangers, and for a word that nobody knows */
export const openHelp = async (parts: CallerParts & Sayable, call: Call, word: string): Promise<View> => {
  const { actors, several } = await actorsOf(parts, call);
  const [name] = word.toLowerCase().split(/\s+/u);
  if (name) return helpOn(findCommand(name, parts.commands), parts.permissions);
  return helpList(groupsFor(parts, actors), several);
};
