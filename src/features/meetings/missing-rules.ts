/* Who is ready for a meeting, by name, and whom a nudge reaches when. Pure. */
import type { Day, Instant, PersonId } from '../../core/ids.js';
import { shorten } from '../../core/sentences.js';
import { type Item, isInRoom } from './agenda-rules.js';
import { type Duty, type DutyKind, dutyKinds } from './duty-rules.js';

export interface Unready {
  readonly person: PersonId;
  readonly duties: readonly Duty[];
}

/** What each person owes, whoever owes something. */
export const byPerson = (duties: readonly Duty[]): readonly Unready[] => {
  const people = [...new Set(duties.map(({ person }) => person))];
  return people.map((person) => ({ person, duties: duties.filter((duty) => duty.person === person) }));
};

const TITLE_MAX = 80;
const MOST_TITLES = 3;

const words: Readonly<Record<DutyKind, string>> = {
  ...{ paper: 'Paper', question: 'Question to decide', position: 'Position' },
  ...{ answer: 'Whether they come', accept: 'Proposed items', agenda: 'The agenda is empty' },
};

const few = (all: readonly string[], most: number): string =>
  all.length > most ? `${all.slice(0, most).join(', ')} and ${all.length - most} more` : all.join(', ');

/** 'Paper: The revised protocol · Whether they come' */
export const owedWords = (duties: readonly Pick<Duty, 'kind' | 'item'>[]): string =>
  dutyKinds
    .flatMap((kind) => {
      const own = duties.filter((duty) => duty.kind === kind);
      const titles = own.flatMap(({ item }) => (item ? [shorten(item.title, TITLE_MAX)] : []));
      if (own.length === 0) return [];
      return [titles.length > 0 ? `${words[kind]}: ${few(titles, MOST_TITLES)}` : words[kind]];
    })
    .join(' · ');

const MOST_MISSING = 6;
const NAME_MAX = 40;
/** As many names as a card holds on a phone; those who run the committee read all of them. */
const MOST_NAMES = 12;

/** 'Paper for 2: Ben Ito · Not said whether they come: Bob Brown': what all companies may know of what is missing. */
export const missingWords = (
  duties: readonly Duty[],
  items: readonly Item[],
  nameOf: (person: PersonId) => string,
): string | undefined => {
  const order = items.filter(isInRoom).map(({ id }) => id);
  const called = ({ item }: Duty): string => {
    const place = order.indexOf(item?.id ?? '') + 1;
    return place > 0 ? `${place}` : `‘${shorten(item?.title ?? '', NAME_MAX)}’`;
  };
  const numbers = (kind: 'paper' | 'question', word: string): readonly string[] =>
    byPerson(duties.filter((duty) => duty.kind === kind)).map((one) => {
      return `${word} for ${one.duties.map(called).join(', ')}: ${nameOf(one.person)}`;
    });
  const silent = duties.filter(({ kind }) => kind === 'answer').map(({ person }) => nameOf(person));
  const all = [...numbers('paper', 'Paper'), ...numbers('question', 'Question')];
  const more = all.length > MOST_MISSING ? [`and ${all.length - MOST_MISSING} more`] : [];
  const coming = silent.length > 0 ? [`Not said whether they come: ${few(silent, MOST_NAMES)}`] : [];
  const told = [...all.slice(0, MOST_MISSING), ...more, ...coming];
  return told.length > 0 ? told.join(' · ') : undefined;
};

/** What a nudge must know of somebody, on their own calendar. */
export interface Reach {
  readonly today: Day;
  /** It is within the hours of a working day of theirs. */
  readonly working: boolean;
  /** They have had today's daily message. */
  readonly told: boolean;
  /** When the next one would come. */
  readonly next: { readonly on: Day; readonly at: Instant };
  readonly meets: { readonly on: Day; readonly at: Instant };
  readonly nudgedOn: readonly Day[];
  readonly outOn: readonly Day[];
  /** Last days of quiet: of everything, and of this meeting. */
  readonly mutedUntil?: Day;
  readonly snoozedUntil?: Day;
}

/** 'now': in a message of its own; 'then': in their daily message; 'already': somebody was faster; else why not. */
export type Nudged =
  | { readonly how: 'now' | 'then' | 'already'; readonly on: Day }
  | { readonly how: 'out' | 'muted' | 'snoozed' | 'late' };

export const nudgeFor = (reach: Reach): Nudged => {
  const { today, working, told, next, meets, nudgedOn, outOn, mutedUntil = '', snoozedUntil = '' } = reach;
  const [earlier] = nudgedOn.filter((day) => day >= today);
  if (earlier !== undefined) return { how: 'already', on: earlier };
  const now = working && (told || next.on >= meets.on);
  const on = now ? today : next.on;
  if (outOn.includes(on)) return { how: 'out' };
  if (mutedUntil >= on) return { how: 'muted' };
  if (snoozedUntil >= on) return { how: 'snoozed' };
  if (!now && next.at >= meets.at) return { how: 'late' };
  return { how: now ? 'now' : 'then', on };
};
