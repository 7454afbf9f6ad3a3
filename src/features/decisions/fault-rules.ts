/* What of a decision is not as its history tells, in words. Pure. */
import { statusWords } from './rules.js';
import type { Told, ToldWording } from './verify-rules.js';

interface Signed {
  readonly personId: string;
  readonly at: number;
}

/** A decision as the tables hold it. */
export interface Kept {
  readonly decision: {
    readonly number: number;
    readonly status: string;
    readonly revision: number;
    readonly recordedBy: string;
    readonly recordedFor: string;
    readonly recordedAt: number;
    readonly saidAt: number | null;
  };
  readonly wordings: readonly (Signed & {
    readonly revision: number;
    readonly text: string;
    readonly because: string | null;
    readonly insteadOf: string | null;
    readonly reason: string | null;
  })[];
  readonly confirmations: readonly (Signed & { readonly revision: number; readonly partnerId: string })[];
  readonly facts: Readonly<Record<string, string>>;
}

export const spokenMoment = (at: number): string =>
  new Date(at)
    .toISOString()
    .replace('T', ' ')
    .replace(/:\d\d\.\d+Z$/, ' UTC');

const same = (a: unknown, b: unknown): boolean => (a ?? null) === (b ?? null);

const sameWording = (a: ToldWording, b: ToldWording): boolean =>
  same(a.text, b.text) && same(a.because, b.because) && same(a.insteadOf, b.insteadOf) && same(a.reason, b.reason);

/** What is not told is not compared. */
const signedBy = ({ personId, at }: Signed, told: { readonly person?: string; readonly at?: number }): boolean =>
  (told.person === undefined || told.person === personId) && (told.at === undefined || told.at === at);

const wordingFaults = ({ wordings }: Kept, told: Told): string[] => [
  ...wordings.flatMap((row) => {
    const said = told.wordings.get(row.revision);
    if (!said) return [`wording ${row.revision} stands there and was never recorded`];
    if (!sameWording(row, said))
      return [`its wording is not the one that was recorded at ${spokenMoment(said.toldAt)}`];
    return signedBy(row, said) ? [] : [`wording ${row.revision} was written by somebody else, or at another time`];
  }),
  ...[...told.wordings]
    .filter(([revision]) => !wordings.some((row) => row.revision === revision))
    .map(([revision, { toldAt }]) => `wording ${revision}, recorded at ${spokenMoment(toldAt)}, is gone`),
];

const confirmationFaults = ({ confirmations }: Kept, { confirmed }: Told): string[] => {
  const kept = new Map(confirmations.map((row) => [`${row.revision}/${row.partnerId}`, row]));
  return [
    ...[...kept].flatMap(([key, row]) => {
      const told = confirmed.get(key);
      if (!told) return [`a confirmation of wording ${row.revision} stands there and was never given`];
      return signedBy(row, told) ? [] : [`wording ${row.revision} was confirmed by somebody else, or at another time`];
    }),
    ...[...confirmed.keys()]
      .filter((key) => !kept.has(key))
      .map((key) => `a confirmation of wording ${key.split('/')[0]} is gone`),
  ];
};

const word = (status: string): string => (statusWords as Readonly<Record<string, string>>)[status] ?? status;

const statusFaults = ({ decision }: Kept, { status, statusAt }: Told): string[] =>
  status === undefined || status === decision.status
    ? []
    : [
        `its status is '${word(decision.status)}', and the history left it at '${word(status)}' at ${spokenMoment(statusAt)}`,
      ];

const REVISIT = 'its answer to the review';
const DISPUTE = 'its dispute';
const OLDER = 'its relation to an older decision';
const NEWER = 'its relation to the decision that took its place';
const WITHDRAWAL = 'its withdrawal';

/** What people call what stands under these names. */
const called: Readonly<Record<string, string>> = {
  ...{
    kind: 'its kind',
    meeting: 'its meeting',
    reviewOn: 'its day of review',
    reviewDays: 'how often it is reviewed',
  },
  ...{ revisitBy: REVISIT, revisitFor: REVISIT, revisitOn: REVISIT },
  ...{ disputedBy: DISPUTE, disputedFor: DISPUTE, disputedAt: DISPUTE, disputeReason: DISPUTE },
  ...{ supersedes: OLDER, amends: OLDER, supersededBy: NEWER, statusBefore: NEWER },
  ...{ withdrawnBy: WITHDRAWAL, withdrawnFor: WITHDRAWAL, withdrawnAt: WITHDRAWAL },
};

const factFaults = ({ facts }: Kept, told: Told): string[] => {
  const names = new Set([...Object.keys(facts), ...Object.keys(told.facts)]);
  const wrong = [...names].filter((name) => !told.untold.has(name) && !same(facts[name], told.facts[name]));
  return [...new Set(wrong.map((name) => called[name] ?? name))].map((what) => `${what} is not as the history tells`);
};

const recordingFaults = ({ decision }: Kept, { number, person, at, partner, saidAt }: Told): string[] => {
  const { recordedBy, recordedFor, recordedAt } = decision;
  const signed = signedBy({ personId: recordedBy, at: recordedAt }, { person, at });
  return [
    ...(number !== undefined && number !== decision.number ? [`it was recorded under the number ${number}`] : []),
    ...(signed && (partner === undefined || partner === recordedFor)
      ? []
      : ['it was recorded by somebody else, or at another time']),
    ...(saidAt !== undefined && saidAt !== decision.saidAt ? ['it was said at another time'] : []),
  ];
};

/** Each ends a sentence that begins with the label. */
export const faultsOf = (kept: Kept, told: Told): readonly string[] => [
  ...wordingFaults(kept, told),
  ...confirmationFaults(kept, told),
  ...statusFaults(kept, told),
  ...factFaults(kept, told),
  ...recordingFaults(kept, told),
  ...(Math.max(...kept.wordings.map((row) => row.revision), 0) !== kept.decision.revision
    ? ['another wording than the last one is in force']
    : []),
];
