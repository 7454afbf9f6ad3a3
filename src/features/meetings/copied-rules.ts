/*
 * What a copy tells of a meeting: its own facts, and those of its items and of all that people said of it, each under a
 * noun with a number: 'item 2 owner'. Which column stands under which name is written down once, and read both ways. Pure.
 */
import type { HistoryEntry } from '../../core/context.js';
import { labelOf, type Status, statusWords } from './rules.js';

export type Facts = Readonly<Record<string, string>>;

type Kind = 'text' | 'number' | 'moment' | 'flag' | 'person';

/** The column, what it holds, and of a person the column of their company; '' where none keeps it. */
export type Told = readonly [column: string, kind: Kind, company?: string];

/** By the name of the fact; '' is the noun with its number itself. */
export type Shape = Readonly<Record<string, Told>>;

export const meetingShape: Shape = {
  startsAt: ['startsAt', 'moment'],
  zone: ['zone', 'text'],
  minutes: ['minutes', 'number'],
  place: ['place', 'text'],
  original: ['original', 'text'],
  reason: ['reason', 'text'],
  changes: ['sequence', 'number'],
  changedAt: ['changedAt', 'moment'],
  openedBy: ['openedBy', 'person'],
  openedAt: ['openedAt', 'moment'],
  closedBy: ['closedBy', 'person'],
  closedAt: ['closedAt', 'moment'],
  lockedAt: ['lockedAt', 'moment'],
};

export const minutesShape: Shape = {
  draftedAt: ['draftedAt', 'moment'],
  dueAt: ['dueAt', 'moment'],
  rewordedAt: ['changedAt', 'moment'],
  quorum: ['quorum', 'number'],
  note: ['note', 'text'],
};

const onItem: Shape = { item: ['item', 'number'] };

export const groupShapes = {
  item: {
    '': ['title', 'text'],
    kind: ['kind', 'text'],
    question: ['question', 'text'],
    minutes: ['minutes', 'number'],
    owner: ['ownerId', 'person'],
    status: ['status', 'text'],
    proposedBy: ['proposedBy', 'person', 'proposedFor'],
    proposedAt: ['proposedAt', 'moment'],
    spent: ['spentMs', 'number'],
    note: ['note', 'text'],
    led: ['led', 'text'],
  },
  paper: {
    '': ['link', 'text'],
    ...onItem,
    version: ['version', 'number'],
    pages: ['pages', 'number'],
    givenBy: ['personId', 'person'],
    at: ['at', 'moment'],
  },
  guest: {
    '': ['name', 'text'],
    ...onItem,
    who: ['personId', 'person'],
    invitedBy: ['invitedBy', 'person', 'invitedFor'],
  },
  recused: {
    '': ['personId', 'person', 'partnerId'],
    ...onItem,
    reason: ['reason', 'text'],
    at: ['at', 'moment'],
  },
  answer: {
    '': ['personId', 'person', 'partnerId'],
    said: ['answer', 'text'],
    at: ['answeredAt', 'moment'],
    there: ['present', 'flag'],
  },
  seat: {
    '': ['person', 'person', 'partner'],
    role: ['role', 'text'],
    votes: ['votes', 'flag'],
    there: ['here', 'flag'],
    excused: ['excused', 'flag'],
    inPlaceOf: ['standsFor', 'person'],
  },
  fine: { '': ['personId', 'person', 'partnerId'], at: ['at', 'moment'] },
  change: {
    '': ['text', 'text'],
    ...onItem,
    proposedBy: ['personId', 'person', 'partnerId'],
    at: ['at', 'moment'],
    status: ['status', 'text'],
    settledBy: ['settledBy', 'person'],
    settledAt: ['settledAt', 'moment'],
    reason: ['reason', 'text'],
  },
  correction: {
    '': ['text', 'text'],
    writtenBy: ['personId', 'person', 'partnerId'],
    at: ['at', 'moment'],
  },
} as const satisfies Readonly<Record<string, Shape>>;

export type Noun = keyof typeof groupShapes;

export const nouns = Object.keys(groupShapes) as readonly Noun[];

/** 'proposedFor' of 'proposedBy', and 'ownerFor' of 'owner': see core/copy/facts.ts. */
export const companyKey = (key: string): string => `${key.endsWith('By') ? key.slice(0, -2) : key}For`;

export const keyOf = (prefix: string, name: string): string =>
  prefix === '' ? name : name === '' ? prefix : `${prefix} ${name}`;

/** Besides what a shape tells: which series it is of, by its first meeting, and what came of it apart from its items. */
const seriesNames = ['series', 'repeats', 'seriesFrom', 'seriesEndedAt', 'led'] as const;

const kindOf = (key: string): Kind | 'company' | undefined => {
  const [, noun, rest = ''] = /^([a-z]+) [1-9]\d{0,3}(?: (\w+)|For)?$/u.exec(key) ?? [];
  if (noun === undefined) {
    if (seriesNames.some((name) => name === key)) return key === 'seriesEndedAt' ? 'moment' : 'text';
    return kindIn({ ...meetingShape, ...minutesShape }, key);
  }
  if (!Object.hasOwn(groupShapes, noun)) return undefined;
  const shape: Shape = groupShapes[noun as Noun];
  return key.endsWith('For') && rest === '' ? 'company' : kindIn(shape, rest);
};

export const kindIn = (shape: Shape, name: string): Kind | 'company' | undefined => {
  if (Object.hasOwn(shape, name)) return shape[name]?.[1];
  const isCompany = Object.entries(shape).some(([key, [, kind]]) => kind === 'person' && companyKey(key) === name);
  return isCompany ? 'company' : undefined;
};

export const reads: Readonly<Record<Kind | 'company', (text: string) => boolean>> = {
  text: () => true,
  number: (text) => /^\d{1,12}$/.test(text),
  moment: (text) => !Number.isNaN(Date.parse(text)),
  flag: (text) => text === 'yes' || text === 'no',
  person: (text) => text !== '',
  company: () => true,
};

const always = ['startsAt', 'zone', 'minutes', 'original', 'changes', 'changedAt', 'series', 'seriesFrom'] as const;

interface Copied {
  readonly own?: string;
  readonly status: string;
  readonly versions: readonly { readonly confirmed: readonly unknown[] }[];
  readonly facts: Facts;
}

/** Why a meeting cannot be taken back as it is told; nothing when it can. */
export const factFault = ({ own, status, versions, facts }: Copied): string | undefined => {
  if (own !== undefined) return 'a meeting is shared by all companies';
  if (!Object.hasOwn(statusWords, status)) return `'${status}' is no status of a meeting`;
  if (versions.length > 1 || (versions[0]?.confirmed.length ?? 0) > 0) return 'a meeting has one title';
  const lacking = always.find((name) => facts[name] === undefined);
  if (lacking !== undefined) return `'${lacking}' is missing`;
  for (const [name, text] of Object.entries(facts)) {
    const kind = kindOf(name);
    if (kind === undefined) return `'${name.slice(0, 40)}' is nothing that Entente keeps of a meeting`;
    if (!reads[kind](text)) return `'${name}' cannot be '${text.slice(0, 40)}'`;
  }
  return undefined;
};

const texts = ['text', 'title', 'question', 'reason', 'place', 'zone', 'note'] as const;
const people = ['person', 'proposedBy'] as const;

/** Of each entry, what came of it; ids of items mean nothing in a copy. */
export const toldOf = ({ detail }: HistoryEntry): Facts => {
  const { startsAt, dueAt, fine, of } = detail;
  const all: Record<string, string> = {};
  for (const name of texts) if (typeof detail[name] === 'string') all[name] = detail[name];
  for (const name of people)
    if (typeof detail[name] === 'string') Object.assign(all, { [name]: detail[name], [companyKey(name)]: '' });
  if (typeof startsAt === 'number') all.startsAt = new Date(startsAt).toISOString();
  if (typeof startsAt === 'string') all.startsAt = startsAt;
  if (typeof dueAt === 'number') all.dueAt = new Date(dueAt).toISOString();
  if (typeof fine === 'number' && typeof of === 'number') Object.assign(all, { fine: String(fine), of: String(of) });
  return all;
};

export const labelFor = (number: number): string => labelOf({ number });

export const isStatus = (text: string): text is Status => Object.hasOwn(statusWords, text);
