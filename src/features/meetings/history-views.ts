import type { HistoryEntry } from '../../core/context.js';
import { groupedVerbs } from '../../core/entries/happenings.js';
import type { PersonId } from '../../core/ids.js';
import { nameIn, shorten } from '../../core/sentences.js';
import type { ListItem, ListView, Span } from '../../core/view.js';
import { lengthOf } from './page-views.js';
import { labelOf, type Meeting } from './rules.js';

/** What the history of a meeting keeps, in words. */
const verbWords: Readonly<Record<string, string>> = {
  scheduled: 'Scheduled',
  moved: 'Moved',
  'series-moved': 'Moved with all later ones',
  cancelled: 'Cancelled',
  'series-ended': 'Cancelled with all later ones',
  'undo-scheduled': 'Scheduling undone',
  'undo-moved': 'Moving undone',
  'undo-series-moved': 'Moving undone',
  'undo-cancelled': 'Cancelling undone',
  'undo-series-ended': 'Cancelling undone',
  'preparation-begun': 'Preparation begun',
  'papers-due': 'Papers and questions due',
  'positions-asked': 'Positions asked',
  'companies-prepare': 'Companies prepare',
  briefed: 'Final brief',
  'took-place': 'Took place',
  'plan-changed': 'Preparation plan changed',
  'plan-undone': 'Preparation plan changed back',
  reminded: 'Reminded just before',
  asked: 'Asked whether it is over',
  'still-going': 'Still going after its end',
  'added-to-calendar': 'Added to a calendar',
  'led-to': 'Recorded in the meeting',
  'item-proposed': 'Item proposed',
  'item-added': 'Item added',
  'item-accepted': 'Item accepted',
  'item-declined': 'Item declined',
  'item-changed': 'Item changed',
  'item-moved': 'Agenda put in another order',
  'item-removed': 'Item removed',
  'item-put-back': 'Item put back',
  'items-carried': 'Unfinished items carried on',
  'items-taken': 'Unfinished items taken over',
  'items-returned': 'Items returned to an earlier meeting',
  'items-brought-back': 'Items brought back',
  'paper-added': 'Paper added',
  'guest-invited': 'Guest invited',
  'guest-uninvited': 'Guest not invited any more',
  kept: 'Takes place as planned',
  readiness: 'Readiness changed',
  position: 'Position taken',
  noted: 'Noted',
  'item-handed-over': 'Item handed over',
  'item-handed-back': 'Item handed back',
  'undo-noted': 'Note taken back',
  'minutes-drafted': 'Minutes drafted',
  'minutes-withdrawn': 'Minutes withdrawn',
  'minutes-fine': 'Said that the minutes are fine',
  'minutes-unread': 'Took back that the minutes are fine',
  'minutes-proposed': 'Change to the minutes proposed',
  'minutes-taken': 'Change to the minutes taken',
  'minutes-left': 'Change to the minutes left',
  'minutes-agreed': 'Minutes agreed',
  'minutes-corrected': 'Correction added',
  attendance: 'Said whether they come',
  present: 'Noted who is here',
  recused: 'Recused themselves',
  'recusal-taken-back': 'Recusal taken back',
  opened: 'Opened',
  'opening-undone': 'Not opened after all',
  next: 'Went on to the next item',
  parked: 'Parked an item',
  went: 'Went to another item',
  'step-undone': 'Went back',
  closed: 'Closed',
  'closing-undone': 'Not closed after all',
  imported: 'Imported from a copy',
};

export const meetingVerbs = groupedVerbs(verbWords, { scheduled: 'new', closed: 'done', 'minutes-agreed': 'agreed' });

const QUOTE_MAX = 300;

/** What of a detail is told, and after which words. */
const quotes: Readonly<Record<string, string>> = { title: ': ', text: ': ', place: ': ', reason: ', because ' };

/** Whom it was done to. */
const whoIn = ({ detail }: HistoryEntry): readonly PersonId[] =>
  typeof detail.person === 'string' ? [detail.person as PersonId] : [];

/** Everybody whose name a history needs. */
export const peopleInHistory = (entries: readonly HistoryEntry[]): readonly PersonId[] =>
  entries.flatMap((entry) => [...(entry.person ? [entry.person] : []), ...whoIn(entry)]);

type Names = ReadonlyMap<PersonId, string>;

const told = (entry: HistoryEntry, names: Names): readonly Span[] => {
  const { verb, detail, person } = entry;
  if (verb === 'minutes-agreed') return [`: ${detail.fine} of ${detail.of} said fine`];
  const whom = whoIn(entry).filter((one) => one !== person);
  const about = whom.map((one) => `: ${nameIn(names, one)}`);
  const said = Object.entries(quotes).flatMap(([name, before]) => {
    const text = detail[name];
    return typeof text === 'string' && text !== '' ? [`${before}${shorten(text, QUOTE_MAX)}`] : [];
  });
  return [...about, ...said];
};

/** More do not fit into a message. */
const MOST = 40;
const LETTERS = 7_000;

/** The last ones that fit. */
const fitting = (items: readonly ListItem[]): readonly ListItem[] => {
  let letters = 0;
  const from = items.findLastIndex((item) => {
    letters += lengthOf(item);
    return letters > LETTERS;
  });
  return items.slice(Math.max(from + 1, items.length - MOST));
};

/** Every change, oldest first, privately; of very many the last ones. */
export const historyView = (meeting: Meeting, entries: readonly HistoryEntry[], names: Names): ListView => {
  const all = entries.map(
    (entry): ListItem => ({
      title: `${verbWords[entry.verb] ?? entry.verb}${entry.person ? ` by ${nameIn(names, entry.person)}` : ''}`,
      text: [{ moment: entry.at, zone: meeting.zone }, ...told(entry, names)],
    }),
  );
  const items = fitting(all);
  return {
    kind: 'list',
    title: `History of ${labelOf(meeting)}`,
    ...(items.length < all.length && { intro: `The last ${items.length} of ${all.length} changes.` }),
    items,
    empty: 'Nothing has happened yet.',
  };
};
