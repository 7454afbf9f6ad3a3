/* What a decision's history says it must look like. Pure: the tables are compared elsewhere. */
import type { HistoryEntry } from '../../core/context.js';

export interface ToldWording {
  readonly text?: unknown;
  readonly because?: unknown;
  readonly insteadOf?: unknown;
  readonly reason?: unknown;
}

interface Wording extends ToldWording {
  /** When the history got it. */
  readonly at: number;
}

export interface Told {
  number?: unknown;
  /** Nothing where the last thing that happened does not say. */
  status?: string;
  statusAt: number;
  readonly wordings: Map<number, Wording>;
  /** By wording and company, as 'revision/partner': who confirmed; empty where that is not told. */
  readonly confirmed: Map<string, string>;
}

/** Verbs after which a decision stands as they say; any other one may say it in its detail. */
const statusOf: Readonly<Record<string, string>> = {
  recorded: 'recorded',
  agreed: 'agreed',
  revised: 'recorded',
  withdrawn: 'withdrawn',
  'record-undone': 'withdrawn',
  'confirm-undone': 'recorded',
  'withdraw-undone': 'recorded',
};

/** These change nothing but who has confirmed. */
const silent: ReadonlySet<string> = new Set(['confirmed']);

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

interface ImportedVersion extends ToldWording {
  readonly number: number;
  readonly confirmed: readonly { readonly partner: string }[];
}

const tellImport = (told: Told, { at, detail }: HistoryEntry): void => {
  const versions = (Array.isArray(detail.versions) ? detail.versions : []) as readonly ImportedVersion[];
  for (const { number, confirmed, ...wording } of versions) {
    told.wordings.set(number, { ...wording, at });
    for (const { partner } of confirmed) told.confirmed.set(`${number}/${partner}`, '');
  }
};

const tellConfirmation = (told: Told, { verb, person, detail }: HistoryEntry): void => {
  const revision = verb === 'recorded' ? 1 : detail.revision;
  if (verb === 'confirm-undone') {
    for (const [key, who] of told.confirmed)
      if (key.startsWith(`${revision}/`) && who === person) told.confirmed.delete(key);
    return;
  }
  const partner = text(verb === 'confirmed' ? detail.partner : detail.confirmedFor);
  if (partner) told.confirmed.set(`${revision}/${partner}`, person ?? '');
};

const tell = (told: Told, entry: HistoryEntry): void => {
  const { verb, at, detail } = entry;
  if (detail.number !== undefined) told.number = detail.number;
  if (verb === 'imported') tellImport(told, entry);
  else if (detail.text !== undefined) {
    const { text: said, because, insteadOf, reason } = detail;
    told.wordings.set(verb === 'recorded' ? 1 : Number(detail.revision), {
      text: said,
      because,
      insteadOf,
      reason,
      at,
    });
  }
  tellConfirmation(told, entry);
  if (silent.has(verb)) return;
  told.status = statusOf[verb] ?? (text(detail.status) || undefined);
  told.statusAt = at;
};

/** Everything that the entries tell, oldest first. */
export const toldBy = (entries: readonly HistoryEntry[]): Told => {
  const told: Told = { statusAt: 0, wordings: new Map(), confirmed: new Map() };
  for (const entry of entries) tell(told, entry);
  return told;
};

const same = (a: unknown, b: unknown): boolean => (a ?? null) === (b ?? null);

export const sameWording = (a: ToldWording, b: ToldWording): boolean =>
  same(a.text, b.text) && same(a.because, b.because) && same(a.insteadOf, b.insteadOf) && same(a.reason, b.reason);
