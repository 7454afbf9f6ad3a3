/*
 * What somebody looks for: 'JSC overdue', '"revised protocol" since March', in any order. What is not one of these words
 * is searched for; in quotes all of it is.
 */
import type { Committee } from '../../core/context.js';
import { dayOf, startOf } from '../../core/days.js';
import type { Listed } from '../../core/entries/entries.js';
import type { Wanted } from '../../core/entries/finding.js';
import type { Happening } from '../../core/entries/happenings.js';
import { readTerms } from '../../core/entries/search-query.js';
import { Refusal } from '../../core/errors.js';
import type { Day, Instant, PersonId, Zone } from '../../core/ids.js';
import { sameName } from '../../core/naming.js';

/** Of what is said after the word: it comes back with the buttons of each page. */
export const SAID_MAX = 300;

/** As said, but for the speaker and the moment. */
export interface Sought {
  /** What is searched for among the words of records; empty for everything. */
  readonly text: string;
  readonly committee?: Committee;
  readonly sinceOn?: Day;
  readonly mine: boolean;
  readonly overdue: boolean;
  readonly live: boolean;
  /** Only records of this feature. */
  readonly kind?: 'decisions' | 'actions';
}

export interface Reading {
  readonly committees: readonly Committee[];
  /** The day that a text begins with, and how much of the text it is. */
  readonly daySince: (text: string) => { readonly on: Day; readonly text: string } | undefined;
}

const QUOTED = /(["“”„«»])[^"“”„«»]*["“”„«»]/gu;

/** @throws Refusal for a 'since' that nobody can tell the day of */
const readSinceWhen = (
  text: string,
  daySince: Reading['daySince'],
): { readonly sinceOn?: Day; readonly rest: string } => {
  const [said, before = '', after = ''] = /^(.*?)(?:^|\s)since\s+(.+)$/isu.exec(text) ?? [];
  if (said === undefined) return { rest: text };
  const found = daySince(after);
  if (!found)
    throw new Refusal('since', "Say since when like this: 'since March', 'since 3 June' or 'since last week'.");
  return { sinceOn: found.on, rest: `${before} ${after.slice(found.text.length)}` };
};

type Told = Partial<Pick<Sought, 'mine' | 'overdue' | 'live' | 'kind'>>;

const told: Readonly<Record<string, Told>> = {
  mine: { mine: true },
  overdue: { overdue: true },
  live: { live: true },
  decisions: { kind: 'decisions' },
  actions: { kind: 'actions' },
};

/** @throws Refusal */
export const readSought = (said: string, { committees, daySince }: Reading): Sought => {
  if ([...said].length > SAID_MAX) throw new Refusal('too-long', `Look for fewer words: ${SAID_MAX} letters at most.`);
  const quoted = said.match(QUOTED) ?? [];
  const { sinceOn, rest } = readSinceWhen(said.replace(QUOTED, ' '), daySince);
  let found: Told & { committee?: Committee } = {};
  const free: string[] = [];
  for (const word of rest.split(/\s+/u).filter(Boolean)) {
    const committee = found.committee ? undefined : committees.find(({ key }) => sameName(key, word));
    const meant = told[word.toLowerCase()];
    if (committee) found = { ...found, committee };
    else if (meant) found = { ...found, ...meant };
    else free.push(word);
  }
  return {
    ...{ mine: false, overdue: false, live: false },
    ...found,
    text: [...quoted, ...free].join(' '),
    ...(sinceOn !== undefined && { sinceOn }),
  };
};

interface Speaker {
  readonly person: PersonId;
  readonly zone: Zone;
}

/** What that means for who says it, now. */
export const wantedOf = (sought: Sought, { person, zone }: Speaker, now: Instant): Wanted => ({
  text: sought.text,
  ...(sought.committee && { committee: sought.committee.id }),
  ...(sought.sinceOn !== undefined && { since: startOf(sought.sinceOn, zone) }),
  ...(sought.mine && { owner: person }),
  ...(sought.overdue && { dueBefore: dayOf(now, zone) }),
  ...(sought.live && { live: true }),
  ...(sought.kind && { features: [sought.kind] }),
});

/** False when nothing narrows the list: then it is empty because the log is. */
export const isNarrowed = (sought: Sought): boolean =>
  readTerms(sought.text).length > 0 ||
  sought.committee !== undefined ||
  sought.sinceOn !== undefined ||
  sought.mine ||
  sought.overdue ||
  sought.live ||
  sought.kind !== undefined;

export interface CatchUp {
  readonly committee?: Committee;
  readonly sinceOn?: Day;
}

/** 'JSC since last week', each of them or none. @throws Refusal for anything else */
export const readCatchUp = (said: string, { committees, daySince }: Reading): CatchUp => {
  const { sinceOn, rest } = readSinceWhen(said, daySince);
  const key = rest.trim();
  const committee = committees.find((one) => sameName(one.key, key));
  if (key !== '' && !committee)
    throw new Refusal(
      'catchup',
      "Say 'catchup', with a committee and since when if you like: catchup JSC since Monday.",
    );
  return { ...(committee && { committee }), ...(sinceOn !== undefined && { sinceOn }) };
};

/** Those that came due on that day or later. */
export const overdueSince = (late: readonly Listed[], day: Day): readonly (Listed & { readonly dueOn: Day })[] =>
  late.flatMap((entry) => (entry.dueOn !== undefined && entry.dueOn >= day ? [{ ...entry, dueOn: entry.dueOn }] : []));

/** Of one committee, where one is meant; who came and went is left to catching up with all. */
export const ofCommittee = (all: readonly Happening[], committee: Committee | undefined): readonly Happening[] =>
  committee ? all.filter(({ entry }) => entry?.committee === committee.id) : all;
