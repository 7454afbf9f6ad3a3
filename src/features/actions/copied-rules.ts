/* What a copy may say of an action, and what its history tells. Pure. */
import type { HistoryEntry } from '../../core/context.js';
import { isDay } from '../../core/days.js';
import { labelOf, type Status, statuses, textLimits } from './rules.js';

type Facts = Readonly<Record<string, string>>;

const isMoment = (text: string): boolean => !Number.isNaN(Date.parse(text));
const isStatus = (text: string): boolean => statuses.some((one) => one === text);
const isReason = (text: string): boolean => text !== '' && [...text].length <= textLimits.reason;
const isSomebody = (text: string): boolean => text !== '';
const anything = (): boolean => true;

/** Everything that a copy tells besides the text, and what it may be. */
const facts: Readonly<Record<string, (text: string) => boolean>> = {
  ...{ owner: isSomebody, ownerFor: isSomebody },
  ...{ dueOn: isDay, dueWas: isDay, dueBy: isSomebody, dueFor: anything },
  ...{ reason: isReason, statusBefore: isStatus, reasonBefore: isReason },
  ...{ givenBy: isSomebody, givenFor: anything, givenAt: isMoment },
  ...{ changedBy: isSomebody, changedFor: anything, changedAt: isMoment },
};

/** What is told together or not at all. */
const together = [
  ['dueWas', 'dueBy'],
  ['changedBy', 'changedAt', 'statusBefore'],
] as const;

const always = ['owner', 'ownerFor', 'dueOn', 'givenBy', 'givenAt'] as const;
const withReason: readonly Status[] = ['blocked', 'declined', 'dropped'];

interface Copied {
  readonly own?: string;
  readonly status: string;
  readonly versions: readonly {
    readonly text: string;
    readonly because?: string;
    readonly insteadOf?: string;
    readonly reason?: string;
    readonly confirmed: readonly unknown[];
  }[];
  readonly facts: Facts;
}

const textFault = ({ versions }: Copied): string | undefined => {
  const [first, ...others] = versions;
  if (!first) return 'it has no text';
  const { because, insteadOf, reason, confirmed, text } = first;
  if (others.length > 0 || because || insteadOf || reason || confirmed.length > 0)
    return 'an action has one wording, which nobody confirms, without because and instead of';
  if ([...text].length > textLimits.text)
    return `its text is longer than ${textLimits.text.toLocaleString('en')} characters`;
  return undefined;
};

/** Why an action cannot be taken back as it is told; nothing when it can. */
export const factFault = (row: Copied): string | undefined => {
  const { facts: told, status, own } = row;
  if (!isStatus(status)) return `'${status}' is no status of an action`;
  for (const [name, text] of Object.entries(told)) {
    if (!Object.hasOwn(facts, name)) return `'${name}' is nothing that Entente keeps of an action`;
    if (!facts[name]?.(text)) return `'${name}' cannot be '${text.slice(0, 40)}'`;
  }
  const lacking = always.find((name) => told[name] === undefined);
  if (lacking !== undefined) return `'${lacking}' is missing`;
  for (const names of together) {
    const given = names.filter((name) => told[name] !== undefined);
    if (given.length > 0 && given.length < names.length)
      return `'${given[0]}' is told without '${names.find((name) => told[name] === undefined)}'`;
  }
  if (withReason.includes(status as Status) && told.reason === undefined) return `it is ${status}, and says no reason`;
  if (own !== undefined && told.ownerFor !== own) return `it is ${own}’s alone, and its owner is of another company`;
  return textFault(row);
};

/** Of each entry, what came of it. */
export const toldOf = ({ detail }: HistoryEntry): Facts => {
  const { status, owner, ownerFor, dueOn, dueWas, reason } = detail;
  const all = { status, owner, ownerFor, dueOn, dueWas, reason };
  return Object.fromEntries(
    Object.entries(all).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  );
};

/** 'IA-3' for those of one company alone. */
export const labelFor = (number: number, own: boolean): string =>
  `${own ? 'I' : ''}${labelOf({ number, visibility: '' })}`;
