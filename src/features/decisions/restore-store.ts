/* Decisions that come back from a copy. */
import type { Placed, Row, Version } from '../../core/copy/row.js';
import type { Tx } from '../../core/db/store.js';
import type { Restoring } from '../../core/feature.js';
import { labelOf, statusWords } from './rules.js';
import { decisionTables } from './tables.js';
import { textLimits } from './wording-rules.js';

const facts = ['withdrawnBy', 'withdrawnFor', 'withdrawnAt'] as const;

const tooLong = ({ text, because, insteadOf, reason }: Version): string | undefined => {
  const parts = { text, because, insteadOf, reason };
  const long = Object.entries(textLimits).find(
    ([name, most]) => [...(parts[name as keyof typeof parts] ?? '')].length > most,
  );
  return long && `its ${long[0]} is longer than ${long[1].toLocaleString('en')} characters`;
};

const refuse = ({ status, versions, facts: told }: Row): string | undefined => {
  if (!Object.hasOwn(statusWords, status)) return `'${status}' is no status of a decision`;
  const unknown = Object.keys(told).find((name) => !(facts as readonly string[]).includes(name));
  if (unknown !== undefined) return `'${unknown}' is nothing that Entente keeps of a decision`;
  if (told.withdrawnAt !== undefined && Number.isNaN(Date.parse(told.withdrawnAt))) return "'withdrawnAt' is no moment";
  for (const version of versions) {
    const long = tooLong(version);
    if (long) return long;
  }
  return undefined;
};

const writeVersion = async (tx: Tx, id: string, version: Version, placed: Placed): Promise<void> => {
  const { wordings, confirmations } = decisionTables(tx);
  const { number, text, because, insteadOf, reason, by, confirmed } = version;
  await tx.insert(wordings).values({
    decisionId: id,
    revision: number,
    text,
    because: because ?? null,
    insteadOf: insteadOf ?? null,
    reason: reason ?? null,
    personId: placed.person(by),
    at: by.at,
  });
  for (const who of confirmed)
    await tx.insert(confirmations).values({
      decisionId: id,
      revision: number,
      partnerId: placed.partner(who.company),
      personId: placed.person(who),
      at: who.at,
    });
};

const write = async (tx: Tx, row: Row, placed: Placed): Promise<void> => {
  const { id, number, versions, status, saidAt, link } = row;
  const [{ by }] = versions;
  const { withdrawnBy, withdrawnFor = '', withdrawnAt } = row.facts;
  const withdrawal = withdrawnBy === undefined ? undefined : { name: withdrawnBy, company: withdrawnFor, at: 0 };
  await tx.insert(decisionTables(tx).decisions).values({
    id,
    number,
    allianceId: placed.alliance,
    committeeId: placed.committee,
    visibility: placed.own ?? '',
    status,
    revision: versions.length,
    recordedBy: placed.person(by),
    recordedFor: placed.partner(by.company),
    recordedAt: by.at,
    link: link ?? null,
    saidAt: saidAt ?? null,
    withdrawnBy: withdrawal ? placed.person(withdrawal) : null,
    withdrawnAt: withdrawnAt === undefined ? null : Date.parse(withdrawnAt),
  });
  for (const version of versions) await writeVersion(tx, id, version, placed);
};

export const restoreDecisions: Restoring = {
  kind: 'decision',
  series: 'D',
  labelOf: (number, own) => `${own ? 'I' : ''}${labelOf({ number, visibility: '' })}`,
  refuse,
  write,
};
