/*
 * The words said to Entente: the first one names a command, on every platform alike.
 */
import { distance } from 'fastest-levenshtein';
import type { Actor } from './context.js';
import { Refusal } from './errors.js';
import type { Command, Feature, Said } from './feature.js';
import type { Permissions } from './permission.js';
import type { Word } from './platform.js';
import type { ListView } from './view.js';

export interface Parsed {
  /** Lower case; empty when nothing was said. */
  readonly name: string;
  readonly rest: readonly Word[];
}

/** Takes the first word off. A mention in first place is no command's name. */
export const parseWords = (words: readonly Word[]): Parsed => {
  const [first, ...others] = words;
  if (first === undefined) return { name: '', rest: [] };
  if (typeof first !== 'string') return { name: '', rest: words };
  const text = first.trimStart();
  if (text === '') return parseWords(others);
  const name = /^\S+/u.exec(text)?.[0] ?? '';
  const rest = text.slice(name.length);
  return { name: name.toLowerCase(), rest: rest === '' ? others : [rest, ...others] };
};

/** Words as one text in which the people mentioned stand as '@name', in their order. */
export const plainWords = (words: readonly Word[], people: Said['people']): string => {
  const names = people.map((person) => person.name).values();
  return words
    .map((word) => (typeof word === 'string' ? word : `@${names.next().value ?? word.name}`))
    .join('')
    .trim();
};

export const commandsOf = (features: Iterable<Feature>): readonly Command[] =>
  [...features].flatMap((feature) => feature.commands ?? []);

const nearest = (name: string, commands: readonly Command[]): string | undefined => {
  const known = [...commands.map((command) => command.name), 'help'];
  const [best] = known
    .map((candidate) => ({ candidate, far: distance(name, candidate) }))
    .sort((a, b) => a.far - b.far);
  return best && best.far <= Math.max(2, Math.floor(best.candidate.length / 3)) ? best.candidate : undefined;
};

/** What help and the home offer somebody; whoever takes part in nothing yet is offered the words for that. */
export const maySay = (command: Command, actor: Actor | undefined, permissions: Permissions | undefined): boolean =>
  actor === undefined ? command.visit !== undefined : (permissions?.[command.name]?.allows({ actor }) ?? true);

export const helpView = (all: readonly Command[], actor?: Actor, permissions?: Permissions): ListView =>
  helpList(all.filter((command) => maySay(command, actor, permissions)));

const helpList = (commands: readonly Command[]): ListView => ({
  kind: 'list',
  title: 'What you can say to Entente',
  intro: 'On Slack as a slash command, on Teams after @Entente, and to Entente directly on both.',
  items: [
    ...commands.map((command) => ({ title: `${command.name} ${command.usage}`.trim(), text: command.summary })),
    { title: 'help', text: 'This list.' },
  ],
  empty: 'There are no commands.',
});

/** @throws Refusal with the nearest word for one that nobody knows. */
export const findCommand = (name: string, commands: readonly Command[]): Command => {
  const found = commands.find((command) => command.name === name);
  if (found) return found;
  const near = nearest(name, commands);
  const shown = [...name].slice(0, 40).join('');
  throw new Refusal(
    'unknown-command',
    near && near !== 'help'
      ? `Entente does not know '${shown}'. Did you mean '${near}'? Say 'help' for the list.`
      : `Entente does not know '${shown}'. Say 'help' for what it knows: ${commands.map((command) => command.name).join(', ')}.`,
  );
};
