/* What an action's history says it must look like, and what of it does not. Pure. */
import type { HistoryEntry } from '../../core/context.js';
import { changes } from './change-rules.js';
import { type Status, statusWords } from './rules.js';

type Facts = Readonly<Record<string, string>>;

interface Told {
  number?: unknown;
  text?: unknown;
  status?: string;
  statusAt: number;
  person?: string;
  at?: number;
  partner?: unknown;
  saidAt?: unknown;
  /** As `factsOf` gives them. */
  facts: Facts;
}

const factsFrom = (all: Readonly<Record<string, unknown>>): Facts =>
  Object.fromEntries(Object.entries(all).flatMap(([name, is]) => (typeof is === 'string' ? [[name, is]] : [])));

const moment = (at: number): string => new Date(at).toISOString();

const given = ({ person, at }: HistoryEntry) => ({ givenBy: person, givenFor: '', givenAt: moment(at) });

const settle = (told: Told, { at, detail }: HistoryEntry): void => {
  if (typeof detail.status !== 'string') return;
  told.status = detail.status;
  told.statusAt = at;
};

const tellRecorded = (told: Told, entry: HistoryEntry): void => {
  const { person, at, detail } = entry;
  const { owner, ownerFor, dueOn, number, text, recordedFor, saidAt } = detail;
  Object.assign(told, { person, at, number, text, partner: recordedFor, saidAt });
  told.facts = factsFrom({ owner, ownerFor, dueOn, ...given(entry) });
};

/** Of whom the table does not hold which company they acted for. */
const UNKEPT = ['givenFor', 'dueFor', 'changedFor'] as const;

interface ImportedVersion {
  readonly text: string;
  readonly by: { readonly person: string; readonly partner: string; readonly at: number };
}

const tellImported = (told: Told, { detail }: HistoryEntry): void => {
  const [first] = (Array.isArray(detail.versions) ? detail.versions : []) as readonly ImportedVersion[];
  const { person, partner, at } = first?.by ?? {};
  Object.assign(told, { person, at, partner, number: detail.number, text: first?.text, saidAt: detail.saidAt });
  const facts = factsFrom((detail.facts ?? {}) as Facts);
  told.facts = { ...facts, ...Object.fromEntries(UNKEPT.flatMap((name) => (name in facts ? [[name, '']] : []))) };
};

/** As `changed` in change-rules.ts makes it. */
const tellChanged = (told: Told, entry: HistoryEntry): void => {
  const { person, at, detail } = entry;
  const { reason, owner, ownerFor, dueOn } = detail;
  const { reason: reasonBefore, statusBefore: _s, reasonBefore: _r, ...kept } = told.facts;
  const moved = typeof dueOn === 'string' && dueOn !== kept.dueOn;
  const change = { changedBy: person, changedFor: '', changedAt: moment(at), statusBefore: told.status, reasonBefore };
  told.facts = {
    ...kept,
    ...factsFrom({ reason, owner, ownerFor, dueOn, ...change }),
    ...(moved && factsFrom({ dueWas: kept.dueOn, dueBy: person, dueFor: '' })),
    ...(owner !== undefined && factsFrom(given(entry))),
  };
};

const toldBy = (entries: readonly HistoryEntry[]): Told => {
  const told: Told = { statusAt: 0, facts: {} };
  for (const entry of entries) {
    const { verb } = entry;
    if (verb === 'recorded') tellRecorded(told, entry);
    else if (verb === 'imported') tellImported(told, entry);
    else if (Object.hasOwn(changes, verb)) tellChanged(told, entry);
    else continue;
    settle(told, entry);
  }
  return told;
};

/** An action as the table holds it. */
export interface Kept {
  readonly action: {
    readonly number: number;
    readonly text: string;
    readonly status: string;
    readonly recordedBy: string;
    readonly recordedFor: string;
    readonly recordedAt: number;
    readonly saidAt: number | null;
  };
  readonly facts: Facts;
  /** Who turned out to be whom since: what somebody owes and gave goes with them, and the history stays. */
  readonly merged: ReadonlyMap<string, string>;
}

const OWNER = 'its owner';
const DUE = 'its due day';
const GIVEN = 'who gave it to its owner';
const CHANGE = 'its last change';

/** What people call what stands under these names. */
const called: Readonly<Record<string, string>> = {
  ...{ owner: OWNER, ownerFor: OWNER, dueOn: DUE, reason: 'its reason' },
  ...{ dueWas: 'the day it was due on before', dueBy: 'the day it was due on before' },
  ...{ givenBy: GIVEN, givenFor: GIVEN, givenAt: GIVEN },
  ...{ changedBy: CHANGE, changedFor: CHANGE, changedAt: CHANGE, statusBefore: CHANGE, reasonBefore: CHANGE },
};

const becameOf = (id: string | undefined, merged: Kept['merged']): string | undefined => {
  let at = id;
  for (let next = at; next !== undefined; next = merged.get(at ?? '')) at = next;
  return at;
};

const factFaults = ({ facts, merged }: Kept, told: Told): readonly string[] => {
  const names = new Set([...Object.keys(facts), ...Object.keys(told.facts)]);
  const goesAlong = (name: string): boolean => name === 'owner' || name === 'givenBy';
  const wrong = [...names].filter((name) =>
    goesAlong(name)
      ? becameOf(facts[name], merged) !== becameOf(told.facts[name], merged)
      : facts[name] !== told.facts[name],
  );
  return [...new Set(wrong.map((name) => called[name] ?? name))].map((what) => `${what} is not as the history tells`);
};

const spokenMoment = (at: number): string => `${moment(at).slice(0, 16).replace('T', ' ')} UTC`;
const word = (status: string): string => statusWords[status as Status] ?? status;

/** Each ends a sentence that begins with the label. */
export const faultsOf = (kept: Kept, history: readonly HistoryEntry[]): readonly string[] => {
  const { action } = kept;
  const told = toldBy(history);
  const { status, person, at, partner, saidAt } = told;
  const signed = person === action.recordedBy && at === action.recordedAt;
  return [
    ...(told.text === action.text ? [] : ['its text is not the one that was recorded']),
    ...(status === action.status || status === undefined
      ? []
      : [
          `its status is '${word(action.status)}', and the history left it at '${word(status)}' at ${spokenMoment(told.statusAt)}`,
        ]),
    ...factFaults(kept, told),
    ...(told.number === action.number ? [] : [`it was recorded under the number ${told.number}`]),
    ...(signed && (partner === undefined || partner === action.recordedFor)
      ? []
      : ['it was recorded by somebody else, or at another time']),
    ...(saidAt === undefined || saidAt === action.saidAt ? [] : ['it was said at another time']),
  ];
};
