import { type HappeningGroup, happeningGroups } from '../../core/entries/happening-groups.js';
import type { Happening } from '../../core/entries/happenings.js';
import type { Day, Instant } from '../../core/ids.js';
import { openButton } from '../../core/opening.js';
import { nameIn } from '../../core/sentences.js';
import type { Button, ListItem, ListView, Span, Text } from '../../core/view.js';
import { type Around, aboutLine, titleOf } from './views.js';

/** Of each group; the rest is counted. */
const SHOWN = 5;

export const groupWords: Readonly<Record<HappeningGroup, string>> = {
  decided: 'Decided',
  agreed: 'Agreed',
  changed: 'Changed',
  disputed: 'Disputed or withdrawn',
  new: 'New actions',
  done: 'Actions done',
  overdue: 'Actions overdue',
  people: 'People',
};

/** With a sentence of its own where the log lists no record. */
export interface Told extends Happening {
  readonly sentence?: Text;
}

export interface Caught {
  readonly happenings: readonly Told[];
  readonly since: Instant;
  /** The key of the one committee that it is about. */
  readonly committee?: string;
  /** The first day of the last week, for its button; none when that is what is shown. */
  readonly weekOn?: Day;
}

const happeningItem = ({ entry, word, person, at, subject, sentence }: Told, around: Around): ListItem => {
  const when: Span = { moment: at, zone: around.zone };
  if (!entry) return { title: word, text: [...[sentence ?? ''].flat(), ' ', when] };
  const by = person && word !== 'Agreed' ? ` by ${nameIn(around.names, person)}` : '';
  const about = aboutLine(entry, around).filter((part) => part.length > 0);
  return {
    title: titleOf(entry),
    text: [`${word}${by}, `, when, ...about.flatMap((part) => [' · ', ...part])],
    buttons: [openButton(subject)],
  };
};

const groupItems = (group: HappeningGroup, all: readonly Told[], around: Around): readonly ListItem[] => {
  const own = all.filter((one) => one.group === group);
  if (own.length === 0) return [];
  const more = own.length - SHOWN;
  const heading = {
    title: `${groupWords[group]}: ${own.length}`,
    ...(more > 0 && { text: `The latest ${SHOWN} of them. Say 'log since' and a day to see the others.` }),
  };
  return [heading, ...own.slice(0, SHOWN).map((one) => happeningItem(one, around))];
};

const weekButton = ({ weekOn, committee }: Caught): readonly Button[] =>
  weekOn === undefined
    ? []
    : [
        {
          id: 'log.catchup',
          label: 'Show the last week instead',
          carry: { on: weekOn, ...(committee && { committee }) },
        },
      ];

/** What happened since somebody looked, each record once, grouped and counted. */
export const caughtView = (caught: Caught, around: Around): ListView => {
  const { happenings, since, committee } = caught;
  const count = happenings.length === 1 ? '1 thing has' : `${happenings.length} things have`;
  return {
    kind: 'list',
    title: happenings.length === 0 ? 'Nothing is new' : `${count} changed`,
    intro: [
      ...(committee ? [`${committee} · `] : []),
      'Since ',
      { moment: since, zone: around.zone },
      '. Only you see this.',
    ],
    items: happeningGroups.flatMap((group) => groupItems(group, happenings, around)),
    empty: "Nothing has happened since then. Say 'log' for the latest records.",
    buttons: weekButton(caught),
    instead: true,
  };
};
