/*
 * The words said to Entente: the first one names a command, on every platform alike.
 */
import { distance } from 'fastest-levenshtein';
import { Refusal } from './errors.js';
import type { Command, Feature, Said } from './feature.js';
import type { Word } from './platform.js';
import { cut } from './sentences.js';

/** What Entente itself answers to. */
export const HELP = 'help';
export const ALLIANCE = 'alliance';

/** Who greets Entente directly wants to see it, not to be told that it knows no such word. */
const GREETING =
  /^(hello|hi|hey|hallo|hola|olá|bonjour|salut|ciao|servus|moin|grüezi|こんにちは|good|guten|home)[\p{P}\p{S}]*$/u;

export const isGreeting = (name: string): boolean => GREETING.test(name);

export interface Parsed {
  /** Lower case; empty when nothing was said. */
  readonly name: string;
  readonly rest: readonly Word[];
}

/** Messages quote the words as Slack takes them, and people repeat them where Entente is spoken to already. */
const ADDRESSED = /^(?:\/?entente(?:\s+|$))+/iu;

/** Takes the first word off. A mention in first place is no command's name. */
export const parseWords = (words: readonly Word[]): Parsed => {
  // In turn and not one within the other: there may be any number of them.
  for (const [at, word] of words.entries()) {
    if (typeof word !== 'string') return { name: '', rest: words.slice(at) };
    const text = word.trimStart().replace(ADDRESSED, '');
    if (text === '') continue;
    const name = /^\S+/u.exec(text)?.[0] ?? '';
    const left = words.slice(at + 1);
    const rest = text.slice(name.length);
    return { name: name.toLowerCase(), rest: rest === '' ? left : [rest, ...left] };
  }
  return { name: '', rest: [] };
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
  const known = [...commands.map((command) => command.name), HELP, ALLIANCE];
  const [best] = known
    .map((candidate) => ({ candidate, far: distance(name, candidate) }))
    .sort((a, b) => a.far - b.far);
  return best && best.far <= Math.max(2, Math.floor(best.candidate.length / 3)) ? best.candidate : undefined;
};

/** @throws Refusal with the nearest word for one that nobody knows. */
export const findCommand = (name: string, commands: readonly Command[]): Command => {
  const found = commands.find((command) => command.name === name);
  if (found) return found;
  const near = nearest(name, commands);
  const shown = cut(name, 40);
  throw new Refusal(
    'unknown-command',
    near && near !== HELP
      ? `Entente does not know '${shown}'. Did you mean '${near}'? Say 'help' for the list.`
      : `Entente does not know '${shown}'. Say 'help' for what you can say.`,
  );
};
