/* Decisions that come back from a copy. */
import { eq } from 'drizzle-orm';
import type { Restoring } from '../../core/copy/restoring.js';
import type { Placed, Row, Version } from '../../core/copy/row.js';
import type { Tx } from '../../core/db/store.js';
import { factFault, labelFor, refersTo } from './copied-rules.js';
import { columnsFrom } from './fact-store.js';
import { decisionTables } from './tables.js';
import { textLimits } from './wording-rules.js';

const tooLong = ({ text, because, insteadOf, reason }: Version): string | undefined => {
  const parts = { text, because, insteadOf, reason };
  const long = Object.entries(textLimits).find(
    ([name, most]) => [...(parts[name as keyof typeof parts] ?? '')].length > most,
  );
  return long && `its ${long[0]} is longer than ${long[1].toLocaleString('en')} characters`;
};

const refuse = (row: Row): string | undefined => {
  const fault = factFault(row);
  if (fault) return fault;
  for (const version of row.versions) {
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

const write = async (tx: Tx, row: Row, placed: Placed): Promise<readonly string[]> => {
  const { id, number, versions, status, saidAt, link } = row;
  const [{ by }] = versions;
  const { decisions } = decisionTables(tx);
  await tx.insert(decisions).values({
    ...{ id, number, status },
    allianceId: placed.alliance,
    committeeId: placed.committee,
    visibility: placed.own ?? '',
    revision: versions.length,
    recordedBy: placed.person(by),
    recordedFor: placed.partner(by.company),
    recordedAt: by.at,
    link: link ?? null,
    saidAt: saidAt ?? null,
    ...columnsFrom(row.facts, placed),
  });
  for (const version of versions) await writeVersion(tx, id, version, placed);
  // They say what superseded them, which they could not while it was not here.
  const superseded = await tx.select({ id: decisions.id }).from(decisions).where(eq(decisions.supersededBy, id));
  return superseded.map((one) => one.id);
};

export const restoreDecisions: Restoring = {
  ...{ kind: 'decision', series: 'D', labelOf: labelFor, refuse, write },
  refers: refersTo,
};
