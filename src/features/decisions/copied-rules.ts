/* What a copy may say of a decision, and what of its history no wording tells. Pure. */
import type { HistoryEntry } from '../../core/context.js';
import { isDay } from '../../core/days.js';
import { labelOf, type Status, statusWords } from './rules.js';
import { kinds, labelIn, MEETING_MAX, textLimits } from './wording-rules.js';

type Facts = Readonly<Record<string, string>>;

const isMoment = (text: string): boolean => !Number.isNaN(Date.parse(text));
const isStatus = (text: string): boolean => Object.hasOwn(statusWords, text);
const isOneOf =
  (all: readonly string[]) =>
  (text: string): boolean =>
    all.includes(text);
const fits =
  (max: number) =>
  (text: string): boolean =>
    text !== '' && [...text].length <= max;
const anything = (): boolean => true;
const isLabel = (text: string): boolean => labelIn(text) === text;

/** Everything that a copy tells besides the wordings, and what it may be. */
const facts: Readonly<Record<string, (text: string) => boolean>> = {
  kind: isOneOf(kinds),
  meeting: fits(MEETING_MAX),
  reviewOn: isDay,
  reviewDays: (text) => /^\d{1,6}$/.test(text),
  ...{ revisitBy: anything, revisitFor: anything, revisitOn: isDay },
  ...{ disputedBy: anything, disputedFor: anything, disputedAt: isMoment, disputeReason: fits(textLimits.reason) },
  ...{ supersedes: isLabel, amends: isLabel, supersededBy: isLabel, statusBefore: isStatus },
  ...{ withdrawnBy: anything, withdrawnFor: anything, withdrawnAt: isMoment },
};

/** What is told together or not at all. */
const together = [
  ['revisitBy', 'revisitOn'],
  ['disputedBy', 'disputedFor', 'disputedAt', 'disputeReason'],
  ['supersededBy', 'statusBefore'],
  ['withdrawnBy', 'withdrawnAt'],
] as const;

/** What must be told of one that stands so. */
const needed: Readonly<Partial<Record<Status, string>>> = {
  disputed: 'disputedBy',
  superseded: 'supersededBy',
  withdrawn: 'withdrawnBy',
};

interface Copied {
  readonly label: string;
  readonly number: number;
  readonly own?: string;
  readonly status: string;
  readonly facts: Facts;
}

export const refersTo = ({ facts: told }: Pick<Copied, 'facts'>): readonly string[] =>
  [told.supersedes, told.amends, told.supersededBy].filter((label) => label !== undefined);

const numberIn = (label: string): number => Number(label.slice(label.indexOf('-') + 1));

const relationFault = (row: Copied): string | undefined => {
  const { supersedes, amends, supersededBy } = row.facts;
  const older = supersedes ?? amends;
  const others = refersTo(row).filter((label) => label.startsWith('ID-') !== (row.own !== undefined));
  if (others.length > 0) return `it names ${others[0]}, which other people read`;
  if (supersedes !== undefined && amends !== undefined) return 'it both supersedes and amends something';
  if (older !== undefined && numberIn(older) >= row.number)
    return `it ${supersedes === undefined ? 'amends' : 'supersedes'} ${older}, which is no older decision`;
  if (supersededBy === row.label) return 'it is superseded by itself';
  return undefined;
};

/** Why a decision cannot be taken back as it is told; nothing when it can. */
export const factFault = (row: Copied): string | undefined => {
  const { facts: told, status } = row;
  if (!isStatus(status)) return `'${status}' is no status of a decision`;
  for (const [name, text] of Object.entries(told)) {
    if (!Object.hasOwn(facts, name)) return `'${name}' is nothing that Entente keeps of a decision`;
    if (!facts[name]?.(text)) return `'${name}' cannot be '${text.slice(0, 40)}'`;
  }
  for (const names of together) {
    const given = names.filter((name) => told[name] !== undefined);
    if (given.length > 0 && given.length < names.length)
      return `'${given[0]}' is told without '${names.find((name) => told[name] === undefined)}'`;
  }
  const lacking = needed[status as Status];
  if (lacking !== undefined && told[lacking] === undefined) return `it is ${status}, and '${lacking}' is missing`;
  if (told.supersededBy !== undefined && status !== 'superseded')
    return `it is superseded by ${told.supersededBy}, and its status is '${status}'`;
  return relationFault(row);
};

/** Of each entry, what no wording tells. */
export const toldOf = ({ detail }: HistoryEntry): Facts => {
  const { supersedes, amends, by, how, revision, next, on, text, reason } = detail;
  const all = { supersedes, amends, by, how, revision, next, on, ...(text === undefined && { reason }) };
  return Object.fromEntries(
    Object.entries(all).flatMap(([name, value]) =>
      typeof value === 'string' || typeof value === 'number' ? [[name, String(value)]] : [],
    ),
  );
};

/** 'ID-3' for those of one company alone. */
export const labelFor = (number: number, own: boolean): string =>
  `${own ? 'I' : ''}${labelOf({ number, visibility: '' })}`;
