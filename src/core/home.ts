import type { Actor, Audience, Read } from './context.js';
import type { Command, Feature } from './feature.js';
import type { ListItem, ListView } from './view.js';

const HELP = 'help: Everything that Entente understands.';

const lineOf = ({ name, usage, summary }: Command): string => `${`${name} ${usage}`.trim()}: ${summary}`;

/** What waits for this person, and what they can do. */
export const homeView = async (
  features: readonly Feature[],
  commands: readonly Command[],
  actor: Actor,
  read: Read,
  audience: Audience,
): Promise<ListView> => {
  const waiting: ListItem[] = [];
  for (const feature of features) waiting.push(...((await feature.waiting?.(actor, read, audience)) ?? []));
  const names: string[] = [];
  for (const seat of actor.seats)
    names.push(`${(await read.directory.committee(seat.committee))?.key ?? ''} (${seat.role})`);
  const seats = names.length > 0 ? `You sit on ${names.join(', ')}` : 'You have no seat on a committee yet';
  return {
    kind: 'list',
    title: waiting.length > 0 ? 'What waits for you' : 'Nothing waits for you',
    intro: `${actor.name}, ${actor.partner.name}. ${seats}.`,
    // One item, so that nobody takes a command for something that waits.
    items: [...waiting, { title: 'What you can say', text: [...commands.map(lineOf), HELP].join('\n') }],
    empty: "Say 'help' for what you can do.",
  };
};
