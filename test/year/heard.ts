import type { Message } from '../../src/sandbox/model.js';
import type { Outside } from '../faults/outside.js';

/** One message that somebody got directly. */
export interface Heard {
  readonly person: string;
  /** The day on which it came, where they are. */
  readonly on: string;
  /** The hour there, with minutes: '09:04'. */
  readonly at: string;
  /** What it begins with. */
  readonly title: string;
  readonly id: string;
}

const clockIn = (zone: string) =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' });

/** Everything that Entente wrote to people by themselves, in order. */
export const heardIn = async ({ sandbox }: Outside): Promise<readonly Heard[]> => {
  const state = await sandbox.controls.state();
  const heard: Heard[] = [];
  for (const side of [state.slack, state.teams]) {
    const directs = new Map(side.conversations.filter(({ kind }) => kind === 'direct').map((one) => [one.id, one]));
    for (const message of side.messages as readonly Message[]) {
      const [id] = directs.get(message.conversation)?.members ?? [];
      const person = side.people.find((one) => one.id === id);
      if (!person || message.from !== side.bot.id || message.onlyFor !== undefined) continue;
      const [on = '', at = ''] = clockIn(person.zone).format(message.at).split(' ');
      heard.push({ person: person.name, on, at, title: message.plain.split('\n')[0] ?? '', id: message.id });
    }
  }
  return heard.sort((a, b) => `${a.on} ${a.at} ${a.person}`.localeCompare(`${b.on} ${b.at} ${b.person}`, 'en'));
};
