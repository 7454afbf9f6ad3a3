import type { Committee, Partner, Somebody } from '../../core/context.js';
import type { Channel } from '../../core/directory/channels.js';
import type { Zone } from '../../core/ids.js';
import type { SkippedAlarm } from '../../core/skipped.js';
import type { Undelivered } from '../../core/undelivered.js';
import type { Button, ListItem, ListView, Span } from '../../core/view.js';
import { type Missing, type Reading, readingOf } from './rules.js';

/** A committee with the channels of one's own company, and which others have one. */
export interface Binding {
  readonly committee: Committee;
  readonly channels: readonly Channel[];
  readonly others: readonly Partner[];
}

export interface Status {
  readonly alliance: string;
  readonly own: Partner;
  readonly zone: Zone;
  readonly partners: readonly Partner[];
  readonly bindings: readonly Binding[];
  readonly behind: readonly Undelivered[];
  readonly elsewhere: readonly Missing[];
  readonly seatless: readonly Somebody[];
  readonly unreachable: readonly Somebody[];
  readonly awaited: readonly Partner[];
  readonly skipped: readonly SkippedAlarm[];
}

/** Of a list of names, and of conversations: the rest is counted. */
const NAMES = 10;
const LANES = 10;

const readers: Record<Reading, string> = {
  own: '',
  internal: ' (internal)',
  shared: ' (shared: people from outside of your workspace read it too)',
  exposed: ' (internal, but others can read it now: bind another one)',
};

const placeName = ({ platform, name }: Pick<Undelivered, 'platform' | 'name'>): string =>
  platform === 'slack' && !/^[CGD][A-Z0-9]+$/.test(name) ? `#${name.replace(/^#/, '')}` : name;

const nameOf = ({ platform, name, conversation }: Channel): string =>
  placeName({ platform, name: name ?? conversation });

const bindingLine = ({ committee, channels, others }: Binding, { own, partners }: Status): string => {
  const places = channels.map((channel) => `${nameOf(channel)}${readers[readingOf(channel)]}`);
  const mine = places.length > 0 ? places.join(', ') : `no channel yet; say 'entente bind ${committee.key}' in one`;
  const missing = partners.filter((one) => one.id !== own.id && !others.some(({ id }) => id === one.id));
  return [`${committee.key}: ${mine}`, ...missing.map(({ name }) => `${name} has no channel for it yet`)].join('. ');
};

const bindingsItem = (status: Status): ListItem => ({
  title: `Channels of ${status.own.name}`,
  text:
    status.bindings.length > 0
      ? status.bindings.map((binding) => bindingLine(binding, status)).join('\n')
      : "There is no committee yet. Say 'entente committee' to add one.",
});

const cardsOf = (count: number): string => (count === 1 ? '1 card' : `${count} cards`);

const retryButton = (label: string, lane?: string): Button => ({
  id: 'status.retry',
  label,
  ...(lane !== undefined && { carry: { lane } }),
});

const since = (at: number, zone: Zone): Span[] => ['Since ', { moment: at, zone }, '. '];

const LOOK = 'Ask whoever runs Entente to look at its log.';

const behindItem = (one: Undelivered, zone: Zone): ListItem => {
  const where = one.kind === 'person' ? `to ${one.name} directly` : `in ${placeName(one)}`;
  const what = one.parked > 0 ? (one.advice ?? LOOK) : 'Entente keeps trying; nothing needs to be done yet.';
  const then = one.parked > 0 ? ' Then press Retry.' : '';
  return {
    title: `${cardsOf(one.cards)} not delivered ${where}`,
    text: [...since(one.since, zone), `${what}${then}`],
    buttons: [retryButton('Retry', one.lane)],
  };
};

const elsewhereItem = ({ partner, cards, parked, since: at }: Missing, { partners, zone }: Status): ListItem => {
  const name = partners.find(({ id }) => id === partner)?.name ?? 'The other company';
  const what = parked > 0 ? `The alliance professional of ${name} was told what to do.` : 'Entente keeps trying.';
  return { title: `${cardsOf(cards)} not delivered to ${name}`, text: [...since(at, zone), what] };
};

const namesOf = (people: readonly Somebody[]): string => {
  const shown = people.slice(0, NAMES).map(({ name }) => name);
  const rest = people.length - shown.length;
  return [...shown, ...(rest > 0 ? [`${rest} more`] : [])].join(', ');
};

const peopleItem = (title: string, people: readonly Somebody[], advice: string): ListItem[] =>
  people.length === 0 ? [] : [{ title, text: `${namesOf(people)}. ${advice}` }];

const awaitedItem = ({ name }: Partner): ListItem => ({
  title: `${name} has not joined yet`,
  text: "Say 'entente invite' for the code to send them, or for a new one.",
});

/** Reminders that Entente could not send while it was down: who runs the alliance says it in their place. */
const skippedItems = ({ skipped, zone }: Status): ListItem[] => {
  if (skipped.length === 0) return [];
  const shown = skipped.slice(0, NAMES);
  const rest = skipped.length - shown.length;
  const lines = shown.flatMap(({ text, dueAt }, at): Span[] => [
    `${at > 0 ? '\n' : ''}${text} (should have gone out `,
    { moment: dueAt, zone },
    ')',
  ]);
  return [{ title: 'Not sent, too late to be of use', text: [...lines, ...(rest > 0 ? [`\nand ${rest} more`] : [])] }];
};

const deliveryItems = (status: Status): ListItem[] => {
  const { behind, elsewhere, zone } = status;
  if (behind.length + elsewhere.length === 0) return [{ title: 'Everything is delivered' }];
  const rest = behind.length - LANES;
  return [
    ...behind.slice(0, LANES).map((one) => behindItem(one, zone)),
    ...(rest > 0
      ? [{ title: `${rest} more conversations miss cards`, text: 'Press Retry all when it is mended.' }]
      : []),
    ...elsewhere.map((one) => elsewhereItem(one, status)),
  ];
};

/** For one alliance professional: it names what only their company may know. */
export const statusView = (status: Status): ListView => ({
  kind: 'list',
  title: `Status of ${status.alliance}`,
  intro: 'Only you see this.',
  items: [
    ...deliveryItems(status),
    ...skippedItems(status),
    bindingsItem(status),
    ...status.awaited.map(awaitedItem),
    ...peopleItem('Without a seat', status.seatless, "Say 'entente seat' to give somebody one."),
    ...peopleItem(
      'Entente cannot write to',
      status.unreachable,
      `They have no account in a workspace of ${status.own.name} that has joined.`,
    ),
  ],
  empty: 'There is nothing to tell.',
  buttons: status.behind.length > 1 ? [retryButton('Retry all')] : [],
});
