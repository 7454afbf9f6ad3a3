import type { Ctx, HistoryEntry, Partner } from '../../core/context.js';
import type { PersonId } from '../../core/ids.js';
import { nameIn } from '../../core/sentences.js';
import type { ListView } from '../../core/view.js';
import { type Decision, labelOf } from './rules.js';
import { type Around, shorten } from './views.js';

/** Of each part of a wording in the history, so that a dozen changes fit into one message. */
const QUOTE_MAX = 300;

export const verbWords: Readonly<Record<string, string>> = {
  recorded: 'Recorded',
  confirmed: 'Wording confirmed',
  agreed: 'Agreed',
  revised: 'Wording changed',
  withdrawn: 'Withdrawn',
  disputed: 'Disputed',
  'taken-back': 'Dispute taken back',
  'replacement-proposed': 'To be replaced, once agreed',
  'replacement-withdrawn': 'Not to be replaced after all',
  superseded: 'Superseded',
  'stands-again': 'In force again',
  amended: 'Amended',
  'amendment-over': 'Amendment no longer in force',
  'still-right': 'Found still right',
  revisit: 'To be revisited',
  'review-set': 'Day of review set',
  'review-undone': 'Answer to the review undone',
  'record-undone': 'Recording undone',
  'confirm-undone': 'Confirmation undone',
  'withdraw-undone': 'Withdrawal undone',
  imported: 'Imported from a copy',
};

/** What happened, with the people's names and companies. */
export interface Told {
  readonly entries: readonly HistoryEntry[];
  readonly names: ReadonlyMap<PersonId, string>;
  readonly partners: ReadonlyMap<PersonId, Partner>;
}

export const historyOf = async (entries: readonly HistoryEntry[], ctx: Ctx): Promise<Told> => {
  const people = [...new Set(entries.flatMap((entry): PersonId[] => (entry.person ? [entry.person] : [])))];
  const partners = new Map<PersonId, Partner>();
  for (const person of people) {
    const partner = await ctx.directory.partnerOf(ctx.alliance, person);
    if (partner) partners.set(person, partner);
  }
  return { entries, names: await ctx.directory.names(people), partners };
};

/** 'Ana Ruiz, Acme Bio' */
export const whoIn = ({ names, partners }: Told, person: PersonId): string =>
  [nameIn(names, person), partners.get(person)?.name].filter(Boolean).join(', ');

/** The wording that came with a change, and why it came: whoever reads the history must not guess what differed. */
export const quoted = ({ detail }: HistoryEntry, max = QUOTE_MAX): string => {
  const said = (before: string, text: unknown): string =>
    typeof text === 'string' ? `${before}"${shorten(text, max)}"` : '';
  const plain = (before: string, text: unknown): string =>
    typeof text === 'string' ? `${before}${shorten(text, max)}` : '';
  const parts = [
    said(': ', detail.text),
    said(' because ', detail.because),
    said(' instead of ', detail.insteadOf),
    plain('. Supersedes ', detail.supersedes),
    plain('. Amends ', detail.amends),
    plain(': ', detail.by),
    plain(': next review on ', detail.next),
    plain(typeof detail.text === 'string' ? '. Changed because: ' : ': ', detail.reason),
  ];
  return parts.join('');
};

/** These follow from what somebody did, which the entry before says. */
const following = new Set(['agreed', 'superseded', 'stands-again', 'amended', 'amendment-over']);

const byline = ({ person, verb }: HistoryEntry, told: Told): string =>
  person && !following.has(verb) ? ` by ${whoIn(told, person)}` : '';

/** Every change, oldest first, privately. */
export const historyView = (decision: Decision, told: Told, around: Around): ListView => ({
  kind: 'list',
  title: `History of ${labelOf(decision)}`,
  items: told.entries.map((entry) => ({
    title: `${verbWords[entry.verb] ?? entry.verb}${byline(entry, told)}`,
    text: [{ moment: entry.at, zone: around.zone }, quoted(entry)],
  })),
  empty: 'Nothing has happened yet.',
});
