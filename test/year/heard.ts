import type { Call, Message } from '../../src/sandbox/model.js';
import type { Outside } from '../faults/outside.js';

/** One message that somebody got directly. */
export interface Heard {
  readonly person: string;
  /** The day on which it came, where they are. */
  readonly on: string;
  /** The hour there, with minutes: '09:04'. */
  readonly at: string;
  readonly moment: number;
  /** What it said when it came. */
  readonly words: string;
  readonly id: string;
  readonly conversation: string;
}

const clockIn = (zone: string) =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' });

/** All text in what was sent, however the platform wants it. */
const textIn = (value: unknown): readonly string[] => {
  if (Array.isArray(value)) return value.flatMap(textIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inside]) => {
    if (typeof inside !== 'string') return textIn(inside);
    return key === 'text' || key === 'title' ? [inside] : [];
  });
};

/** Slack's blocks come as a string, and beside them what stands in notifications. */
const wordsIn = (body: unknown): string => {
  const { blocks } = (body ?? {}) as { readonly blocks?: unknown };
  return textIn(typeof blocks === 'string' ? JSON.parse(blocks) : body).join('\n');
};

/** What each message said when it was posted, by its id: later changes may have taken all of that away. */
export const postedWords = (calls: readonly Call[]): ReadonlyMap<string, string> =>
  new Map(
    calls.flatMap(({ message, method, body, status }) => {
      const isPost = method === 'chat.postMessage' || method === 'POST activities';
      return isPost && message !== undefined && status < 300 ? [[message, wordsIn(body)] as const] : [];
    }),
  );

/** Everything that Entente wrote to people by themselves, unasked, in order. */
export const heardIn = async ({ sandbox }: Outside): Promise<readonly Heard[]> => {
  const state = await sandbox.controls.state();
  const words = postedWords(await sandbox.controls.calls());
  const heard: Heard[] = [];
  for (const side of [state.slack, state.teams]) {
    const directs = new Map(side.conversations.filter(({ kind }) => kind === 'direct').map((one) => [one.id, one]));
    for (const { id, conversation, from, onlyFor, at: moment, plain } of side.messages as readonly Message[]) {
      const [whose] = directs.get(conversation)?.members ?? [];
      const person = side.people.find((one) => one.id === whose);
      if (!person || from !== side.bot.id || onlyFor !== undefined) continue;
      const [on = '', at = ''] = clockIn(person.zone).format(moment).split(' ');
      heard.push({ person: person.name, on, at, moment, words: words.get(id) ?? plain, id, conversation });
    }
  }
  return heard.sort((one, other) => one.moment - other.moment);
};
