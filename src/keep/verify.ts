import { pagesOf } from '../core/copy/pages.js';
import { openReading } from '../core/db/reading.js';
import type { Feature } from '../core/feature.js';
import { type CheckedChain, MOST_FAULTS, type Verified, verifyAlliance } from '../core/verify.js';
import { alliancesCalled } from './alliances.js';

export interface Checked {
  readonly sound: boolean;
  readonly text: string;
}

const chainLine = ({ name, head, broken }: CheckedChain): string => {
  const which = name === 'shared' ? 'Shared history' : `Own history of ${name}`;
  if (broken !== undefined) return `  ${which}: ${broken}.`;
  return head.seq === 0
    ? `  ${which}: no entries.`
    : `  ${which}: ${head.seq} entries follow; the last hash is ${head.hash}.`;
};

const faultLines = (faults: readonly string[]): readonly string[] => [
  ...faults.map((fault) => `  ${fault}.`),
  ...(faults.length === MOST_FAULTS ? ['  There may be more: these are the first ones.'] : []),
];

const isSound = ({ chains, faults }: Verified): boolean =>
  faults.length === 0 && chains.every(({ broken }) => broken === undefined);

const reportOf = (verified: Verified): string =>
  [
    verified.alliance,
    ...verified.chains.map(chainLine),
    ...faultLines(verified.faults),
    isSound(verified)
      ? '  Everything is as it was recorded. Compare the last hashes with those of the other company’s copy.'
      : '  Something was changed behind Entente’s back. Keep this database as it is, and look at your backups.',
  ].join('\n');

/** Walks every chain and compares the records with it; may run beside Entente. @throws Error that says what to do */
export const verify = async (
  databaseUrl: string,
  features: readonly Feature[],
  now: () => number,
  name: string | undefined,
): Promise<Checked> => {
  const reading = await openReading(databaseUrl);
  try {
    const source = { ...pagesOf(reading, now), features };
    const found: Verified[] = [];
    for (const { id } of await alliancesCalled(source, name)) found.push(await verifyAlliance(source, id));
    return { sound: found.every(isSound), text: found.map(reportOf).join('\n\n') };
  } finally {
    await reading.close();
  }
};
