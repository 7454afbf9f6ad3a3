import type { CommandHint, Side } from '../model.js';

export interface Option {
  readonly label: string;
  readonly detail: string;
  /** Replaces what was typed so far. */
  readonly insert: string;
}

/** What may stand where the caret is; `from` is where the part to be replaced begins. */
export interface Completion {
  readonly from: number;
  readonly options: readonly Option[];
}

export interface Scene {
  readonly side: Side;
  /** In direct messages nobody needs to be mentioned. */
  readonly direct: boolean;
  readonly commands: readonly CommandHint[];
  /** Names: Entente first, then people. */
  readonly names: readonly string[];
  readonly bot: string;
}

/** `before` is the text up to the caret. */
export function complete(before: string, scene: Scene): Completion | undefined {
  const found = scene.side === 'slack' ? slashAt(before, scene) : wordAt(before, scene);
  const completion = found ?? nameAt(before, scene);
  const typed = completion && before.slice(completion.from).toLowerCase();
  // What is complete already needs no list, so that Enter sends it.
  if (!completion || completion.options.some(({ insert }) => insert.trim().toLowerCase() === typed)) return undefined;
  return completion.options.length > 0 ? completion : undefined;
}

function slashAt(before: string, { commands }: Scene): Completion | undefined {
  const typed = /^\/(\S*)$/.exec(before)?.[1]?.toLowerCase();
  if (typed === undefined) return undefined;
  const options = commands
    .filter(({ word }) => word.startsWith(typed))
    .map(({ word, usage, summary }) => ({ label: usageOf('/', word, usage), detail: summary, insert: `/${word} ` }));
  return { from: 0, options };
}

/** On Teams nobody says Entente's name twice; what its manifest offers besides the commands is 'help'. */
const wordsOf = ({ commands, bot }: Scene): readonly CommandHint[] =>
  commands.map((one) =>
    one.word === bot.toLowerCase() ? { word: 'help', usage: '', summary: `What you can say to ${bot}.` } : one,
  );

function wordAt(before: string, scene: Scene): Completion | undefined {
  const { bot, direct } = scene;
  const addressed = before.toLowerCase().startsWith(`@${bot.toLowerCase()} `);
  if (!addressed && !(direct && before !== '' && !before.startsWith('@'))) return undefined;
  const from = addressed ? bot.length + 2 : 0;
  const typed = before.slice(from).toLowerCase();
  if (/\s/.test(typed)) return undefined;
  const options = wordsOf(scene)
    .filter(({ word }) => word.startsWith(typed))
    .map(({ word, usage, summary }) => ({ label: usageOf('', word, usage), detail: summary, insert: `${word} ` }));
  return options.length > 0 ? { from, options } : undefined;
}

function nameAt(before: string, { names, bot }: Scene): Completion | undefined {
  const at = /(?:^|\s)@([^@\n]{0,40})$/.exec(before);
  if (at?.[1] === undefined) return undefined;
  const typed = at[1].toLowerCase();
  const options = names
    .filter((name) => name.toLowerCase().startsWith(typed))
    .map((name) => ({ label: name, detail: name === bot ? 'App' : '', insert: `@${name} ` }));
  return { from: before.length - at[1].length - 1, options };
}

/** The usage of the command that stands there, to be read while its text is typed. */
export function usageHint(text: string, { side, commands, bot, direct }: Scene): string | undefined {
  const lead = side === 'slack' ? '/' : `@${bot} `;
  const inDirect = side === 'teams' && direct;
  const rest = text.toLowerCase().startsWith(lead.toLowerCase()) ? text.slice(lead.length) : inDirect ? text : '';
  const word = /^(\S+)\s/.exec(rest)?.[1]?.toLowerCase();
  const command = commands.find((one) => one.word === word);
  return command && usageOf(side === 'slack' ? '/' : '', command.word, command.usage);
}

/** Usages are written with or without their own word in front. */
function usageOf(lead: string, word: string, usage: string): string {
  const bare = usage.replace(/^\//, '');
  const rest = bare === word ? '' : bare.startsWith(`${word} `) ? bare.slice(word.length + 1) : usage;
  return `${lead}${word}${rest === '' ? '' : ` ${rest}`}`;
}
