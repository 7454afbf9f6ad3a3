import { and, eq } from 'drizzle-orm';
import type { Audience } from '../../../src/core/context.js';
import type { Db, Tx } from '../../../src/core/db/store.js';
import type { AllianceId } from '../../../src/core/ids.js';
import type { Risk } from './rules.js';
import { riskTables } from './tables.js';

export { defineRisks } from './tables.js';

export const insertRisk = async (tx: Tx, alliance: AllianceId, risk: Risk): Promise<void> => {
  await tx.insert(riskTables(tx).risks).values({ ...risk, allianceId: alliance });
};

export const saveClosed = async (tx: Tx, id: string): Promise<void> => {
  const { risks } = riskTables(tx);
  await tx.update(risks).set({ closed: true }).where(eq(risks.id, id));
};

/** Shared by all partners: every audience of the alliance reads it. */
export const getRisk = async (db: Db, id: string, audience: Audience): Promise<Risk | undefined> => {
  const { risks } = riskTables(db);
  const [row] = await db
    .select()
    .from(risks)
    .where(and(eq(risks.id, id), eq(risks.allianceId, audience.alliance)));
  return row;
};
