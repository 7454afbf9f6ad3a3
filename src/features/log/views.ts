import type { Ctx } from '../../core/context.js';
import { dayOf } from '../../core/days.js';
import type { Listed } from '../../core/entries/entries.js';
import type { CommitteeId, PersonId, Zone } from '../../core/ids.js';
import { openButton } from '../../core/opening.js';
import { nameIn } from '../../core/sentences.js';
import type { Button, ListItem, ListView, Span } from '../../core/view.js';
import { isNarrowed, type Sought } from './rules.js';

/** Of a page: a phone shows them in a few screens, and each platform takes them. */
export const PAGE = 8;
/** Counted as far as this: counting what everything has would take longer than finding it. */
export const COUNTED = 100;
const TITLE_MAX = 120;

/** What lines about records need besides the records. */
export interface Around {
  readonly committees: ReadonlyMap<CommitteeId, string>;
  readonly names: ReadonlyMap<PersonId, string>;
  /** The company whose own records are among them. */
  readonly own: string;
  readonly zone: Zone;
}

/** The names that lines about these records and people need. */
export const aroundOf = async (
  ctx: Ctx,
  entries: readonly Pick<Listed, 'owner'>[],
  people: readonly PersonId[] = [],
): Promise<Around> => {
  const committees = await ctx.directory.committees(ctx.alliance, 'all');
  const owners = entries.flatMap(({ owner }): PersonId[] => (owner ? [owner] : []));
  return {
    committees: new Map(committees.map(({ id, key }) => [id, key])),
    names: await ctx.directory.names([...owners, ...people]),
    own: ctx.actor.partner.name,
    zone: ctx.actor.zone,
  };
};

const shorten = (text: string): string => {
  const letters = [...text.replace(/\s+/gu, ' ')];
  return letters.length <= TITLE_MAX ? letters.join('') : `${letters.slice(0, TITLE_MAX - 1).join('')}…`;
};

export const titleOf = ({ label, title }: Listed): string => `${label} ${shorten(title)}`;

const joined = (parts: readonly (readonly Span[])[]): Span[] =>
  parts.filter((part) => part.length > 0).flatMap((part, at) => (at === 0 ? [...part] : [' · ', ...part]));

/** 'JSC · Ana Ruiz, due 4 Dec · only Acme Bio sees it', as far as it is so. */
export const aboutLine = (entry: Listed, { committees, names, own }: Around): readonly (readonly Span[])[] => {
  const owner = entry.owner && nameIn(names, entry.owner);
  const due: Span[] = entry.dueOn === undefined ? [] : [owner ? ', due ' : 'Due ', { day: entry.dueOn }];
  return [
    entry.committee ? [committees.get(entry.committee) ?? ''] : [],
    [...(owner ? [owner] : []), ...due],
    entry.visibility ? [`only ${own} sees it`] : [],
  ];
};

const hitItem = (entry: Listed, around: Around): ListItem => ({
  title: titleOf(entry),
  text: joined([[entry.status], ...aboutLine(entry, around), ['from ', { day: dayOf(entry.at, around.zone) }]]),
  buttons: [openButton(entry.subject)],
});

export interface Found {
  readonly said: string;
  readonly sought: Sought;
  readonly entries: readonly Listed[];
  readonly offset: number;
  /** COUNTED stands for so many or more. */
  readonly count: number;
}

const soughtLine = ({ text, committee, sinceOn, mine, overdue, live, kind }: Sought): Span[] =>
  joined([
    kind ? [kind] : [],
    committee ? [committee.key] : [],
    mine ? ['mine'] : [],
    overdue ? ['overdue'] : [],
    live ? ['live'] : [],
    sinceOn === undefined ? [] : ['since ', { day: sinceOn }],
    text === '' ? [] : [text],
  ]);

const pageButton = (label: string, said: string, offset: number): Button => ({
  id: 'log.page',
  label,
  carry: { said, offset: String(offset) },
});

const pageButtons = ({ said, entries, offset, count }: Found): Button[] => [
  ...(offset > 0 ? [pageButton('Newer', said, Math.max(0, offset - PAGE))] : []),
  ...(offset + entries.length < count || (count === COUNTED && entries.length === PAGE)
    ? [pageButton('Older', said, offset + PAGE)]
    : []),
];

const emptyText = (sought: Sought): Span[] =>
  isNarrowed(sought)
    ? [
        'Nothing was found for ',
        ...soughtLine(sought),
        ". Try fewer words, the beginning of one, or 'log' for the latest.",
      ]
    : ["The log is empty so far. Say 'decision' and what was decided to begin it."];

const introOf = ({ sought, entries, offset, count }: Found): Span[] => {
  const pages = count > PAGE ? [`${offset + 1} to ${offset + entries.length}, the newest first`] : [];
  return joined([soughtLine(sought), pages]);
};

/** One page of what was found. */
export const foundView = (found: Found, around: Around): ListView => {
  const { entries, count, sought } = found;
  const intro = introOf(found);
  return {
    kind: 'list',
    title: count >= COUNTED ? `Log: over ${COUNTED - 1} found` : `Log: ${count} found`,
    ...(entries.length > 0 && intro.length > 0 && { intro }),
    items: entries.map((entry) => hitItem(entry, around)),
    empty: emptyText(sought),
    buttons: pageButtons(found),
    instead: true,
  };
};
