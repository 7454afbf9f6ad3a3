/* What a decision's history says it must look like. Pure: the tables are compared elsewhere. */
import type { HistoryEntry } from '../../core/context.js';

export interface ToldWording {
  readonly text?: unknown;
  readonly because?: unknown;
  readonly insteadOf?: unknown;
  readonly reason?: unknown;
}

interface Signed {
  /** Nobody where that is not told. */
  readonly person?: string;
  readonly at?: number;
}

interface Wording extends ToldWording, Signed {
  /** When the history got it. */
  readonly toldAt: number;
}

export interface Told extends Signed {
  number?: unknown;
  status?: string;
  statusAt: number;
  person?: string;
  at?: number;
  /** The company that it was recorded for. */
  partner?: string;
  saidAt?: unknown;
  readonly wordings: Map<number, Wording>;
  /** By wording and company, as 'revision/partner': who confirmed. */
  readonly confirmed: Map<string, Signed>;
  /** As `factsOf` gives them; what its history does not tell, of before Entente kept it there, is in `untold`. */
  facts: Readonly<Record<string, string>>;
  readonly untold: Set<string>;
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

type Facts = Readonly<Record<string, string>>;

const factsFrom = (all: Readonly<Record<string, unknown>>): Facts =>
  Object.fromEntries(
    Object.entries(all).flatMap(([name, value]) =>
      typeof value === 'string' || typeof value === 'number' ? [[name, String(value)]] : [],
    ),
  );

const without = (facts: Facts, ...names: readonly string[]): Facts =>
  Object.fromEntries(Object.entries(facts).filter(([name]) => !names.includes(name)));

const NO_DISPUTE = ['disputedBy', 'disputedFor', 'disputedAt', 'disputeReason'] as const;
const NO_REVIEW = ['reviewOn', 'revisitBy', 'revisitFor', 'revisitOn'] as const;
const NO_WITHDRAWAL = ['withdrawnBy', 'withdrawnFor', 'withdrawnAt'] as const;
const NO_SUCCESSOR = ['supersededBy', 'statusBefore'] as const;

const moment = (at: number): string => new Date(at).toISOString();

const settle = (told: Told, status: string, { at }: HistoryEntry): void => {
  told.status = status;
  told.statusAt = at;
};

const withdraw = (told: Told, entry: HistoryEntry): void => {
  settle(told, 'withdrawn', entry);
  const { person = '', at } = entry;
  told.facts = { ...told.facts, withdrawnBy: person, withdrawnFor: '', withdrawnAt: moment(at) };
};

/** The day of the next review; the answer to the one before is over. */
const review = (told: Told, { detail: { next } }: HistoryEntry): void => {
  told.facts = { ...without(told.facts, ...NO_REVIEW), ...factsFrom({ reviewOn: next }) };
};

const undoReview = (told: Told, entry: HistoryEntry): void => {
  review(told, entry);
  const { next, revisit } = entry.detail;
  if (next === undefined) for (const name of NO_REVIEW) told.untold.add(name);
  const { person, on } = (revisit ?? {}) as Readonly<Record<string, unknown>>;
  if (person !== undefined)
    told.facts = { ...told.facts, ...factsFrom({ revisitBy: person, revisitFor: '', revisitOn: on }) };
};

const tellWording = (told: Told, { detail, person, at }: HistoryEntry, revision: number): void => {
  const { text: said, because, insteadOf, reason } = detail;
  told.wordings.set(revision, { text: said, because, insteadOf, reason, person, at, toldAt: at });
  const partner = text(detail.confirmedFor);
  if (partner) told.confirmed.set(`${revision}/${partner}`, { person, at });
};

interface ImportedSignature {
  readonly person?: string;
  readonly partner: string;
  readonly at?: number;
}

interface ImportedVersion extends ToldWording {
  readonly number: number;
  readonly by: ImportedSignature;
  readonly confirmed: readonly ImportedSignature[];
}

const tellImport = (told: Told, entry: HistoryEntry): void => {
  const { at, detail } = entry;
  const versions = (Array.isArray(detail.versions) ? detail.versions : []) as readonly ImportedVersion[];
  for (const { number, confirmed, by, ...wording } of versions) {
    told.wordings.set(number, { ...wording, person: by.person, at: by.at, toldAt: at });
    for (const { partner, ...signed } of confirmed) told.confirmed.set(`${number}/${partner}`, signed);
  }
  const [first] = versions;
  Object.assign(told, {
    person: first?.by.person,
    at: first?.by.at,
    partner: first?.by.partner,
    saidAt: detail.saidAt,
  });
  const { withdrawnFor: _w, revisitFor: _r, ...facts } = factsFrom((detail.facts ?? {}) as Facts);
  told.facts = {
    ...facts,
    ...(facts.withdrawnBy !== undefined && { withdrawnFor: '' }),
    ...(facts.revisitBy !== undefined && { revisitFor: '' }),
  };
  settle(told, text(detail.status), entry);
};

const tellRecorded = (told: Told, entry: HistoryEntry): void => {
  const { person, at, detail } = entry;
  const { kind, meeting, reviewOn, reviewDays, supersedes, amends } = detail;
  tellWording(told, entry, 1);
  told.facts = factsFrom({ kind, meeting, reviewOn, reviewDays, supersedes, amends });
  if (reviewOn !== undefined && reviewDays === undefined) told.untold.add('reviewDays');
  Object.assign(told, { person, at, partner: detail.recordedFor, saidAt: detail.saidAt });
  settle(told, 'recorded', entry);
};

const takeBackConfirmation = (told: Told, { person, detail }: HistoryEntry): void => {
  for (const [key, who] of told.confirmed)
    if (key.startsWith(`${detail.revision}/`) && who.person === person) told.confirmed.delete(key);
};

type Tell = (told: Told, entry: HistoryEntry) => void;

/** What each verb makes of a decision; any other one changes nothing about it. */
const tells: Readonly<Record<string, Tell>> = {
  recorded: tellRecorded,
  imported: tellImport,
  confirmed: (told, { detail, person, at }) =>
    void told.confirmed.set(`${detail.revision}/${text(detail.partner)}`, { person, at }),
  'confirm-undone': (told, entry) => {
    takeBackConfirmation(told, entry);
    settle(told, 'recorded', entry);
  },
  agreed: (told, entry) => settle(told, 'agreed', entry),
  revised: (told, entry) => {
    tellWording(told, entry, Number(entry.detail.revision));
    told.facts = without(told.facts, ...NO_DISPUTE);
    settle(told, 'recorded', entry);
  },
  withdrawn: withdraw,
  'record-undone': withdraw,
  'withdraw-undone': (told, entry) => {
    told.facts = without(told.facts, ...NO_WITHDRAWAL);
    settle(told, text(entry.detail.status) || (told.facts.disputedBy ? 'disputed' : 'recorded'), entry);
  },
  disputed: (told, entry) => {
    const { person, at, detail } = entry;
    const said = { disputedBy: person, disputedFor: detail.partner, disputedAt: moment(at) };
    told.facts = { ...told.facts, ...factsFrom({ ...said, disputeReason: detail.reason }) };
    settle(told, 'disputed', entry);
  },
  'taken-back': (told, entry) => {
    told.facts = without(told.facts, ...NO_DISPUTE);
    settle(told, 'agreed', entry);
  },
  superseded: (told, entry) => {
    told.facts = { ...told.facts, ...factsFrom({ supersededBy: entry.detail.by, statusBefore: told.status }) };
    settle(told, 'superseded', entry);
  },
  'stands-again': (told, entry) => {
    const before = told.facts.statusBefore ?? 'agreed';
    told.facts = without(told.facts, ...NO_SUCCESSOR);
    settle(told, before, entry);
  },
  'still-right': review,
  'review-undone': undoReview,
  'review-set': (told, entry) => {
    review(told, entry);
    const { days } = entry.detail;
    if (days === undefined) told.untold.add('reviewDays');
    else told.facts = { ...told.facts, reviewDays: String(days) };
  },
  revisit: (told, { person, detail }) => {
    if (detail.on === undefined) told.untold.add('revisitOn');
    const asked = { revisitBy: person, revisitFor: '', revisitOn: detail.on };
    told.facts = { ...without(told.facts, ...NO_REVIEW), ...factsFrom(asked) };
  },
};

/** Everything that the entries tell, oldest first. */
export const toldBy = (entries: readonly HistoryEntry[]): Told => {
  const empty = { wordings: new Map(), confirmed: new Map(), facts: {}, untold: new Set<string>() };
  const told: Told = { statusAt: 0, ...empty };
  for (const entry of entries) {
    if (entry.detail.number !== undefined) told.number = entry.detail.number;
    tells[entry.verb]?.(told, entry);
  }
  return told;
};
