import type { Actor, Place, Read } from './context.js';
import type { Command, Feature } from './feature.js';
import type { Permissions } from './permission.js';
import type { ListItem, ListView, NoticeView } from './view.js';
import { maySay } from './words.js';

const HELP = 'help: Everything that Entente understands.';

const lineOf = ({ name, usage, summary }: Command): string => `${`${name} ${usage}`.trim()}: ${summary}`;

export interface HomeParts {
  readonly features: readonly Feature[];
  readonly commands: readonly Command[];
  readonly permissions?: Permissions;
  readonly actor: Actor;
  readonly place: Place;
  readonly read: Read;
}

/** What waits for this person, and what they can do. */
export const homeView = async (parts: HomeParts): Promise<ListView> => {
  const { features, commands, permissions, actor, place, read } = parts;
  const waiting: ListItem[] = [];
  for (const feature of features) waiting.push(...((await feature.waiting?.(actor, read, place.audience)) ?? []));
  const names: string[] = [];
  for (const seat of actor.seats)
    names.push(`${(await read.directory.committee(seat.committee))?.key ?? ''} (${seat.role})`);
  const seats = names.length > 0 ? `You sit on ${names.join(', ')}` : 'You have no seat on a committee yet';
  const said = commands.filter((command) => maySay(command, actor, permissions));
  return {
    kind: 'list',
    title: waiting.length > 0 ? 'What waits for you' : 'Nothing waits for you',
    intro: `${actor.name}, ${actor.partner.name}. ${seats}.`,
    // One item, so that nobody takes a command for something that waits.
    items: [...waiting, { title: 'What you can say', text: [...said.map(lineOf), HELP].join('\n') }],
    empty: "Say 'help' for what you can do.",
  };
};

/** For people whose workspace takes part in nothing yet: where to begin. */
export const welcomeView = (features: readonly Feature[], sentence: string): NoticeView => ({
  kind: 'notice',
  title: 'Welcome to Entente',
  text: sentence,
  buttons: features.flatMap((feature) => feature.welcome ?? []),
});
