/* What the core's own tables hold of somebody besides their profile, and taking it away. */
import { and, count, eq, gt, inArray, isNotNull, isNull, like, notExists, or, sql } from 'drizzle-orm';
import { wantCard, wantCards } from './cards.js';
import type { Tx } from './db/store.js';
import { REFUSED } from './delivery.js';
import { directoryTables } from './directory/tables.js';
import type { Instant, PersonId } from './ids.js';
import type { Account } from './platform.js';
import { attemptTables, cardTables, historyTables, installationTables } from './tables.js';
import type { Subject } from './view.js';

/** Everything that they did or that was done to them, as the history of any alliance tells: its cards may name them. */
export const listTraces = async (tx: Tx, selves: readonly PersonId[]): Promise<readonly Subject[]> => {
  const { history } = historyTables(tx);
  // Ids are long and unlike anything else, so what contains one means it.
  const told = selves.map((person) => like(sql`cast(${history.detail} as text)`, `%${person}%`));
  const rows = await tx
    .selectDistinct({ feature: history.feature, id: history.subjectId })
    .from(history)
    .where(or(inArray(history.personId, [...selves]), ...told));
  return rows;
};

/** The companies that let go of them, by name. */
export const listCompaniesLeft = async (tx: Tx, feature: string, selves: readonly PersonId[]): Promise<string[]> => {
  const { history } = historyTables(tx);
  const { partners } = directoryTables(tx);
  const entries = await tx
    .select({ detail: history.detail })
    .from(history)
    .where(and(eq(history.feature, feature), inArray(history.subjectId, [...selves]), eq(history.verb, 'forgotten')));
  const ids = entries.map(({ detail }) => String(detail.partner));
  if (ids.length === 0) return [];
  const rows = await tx.select({ name: partners.name }).from(partners).where(inArray(partners.id, ids));
  return rows.map(({ name }) => name);
};

/** Codes that they mistyped. */
export const clearAttempts = async (tx: Tx, accounts: readonly Account[]): Promise<void> => {
  const { attempts } = attemptTables(tx);
  for (const { platform, workspace, user } of accounts)
    await tx
      .delete(attempts)
      .where(and(eq(attempts.platform, platform), eq(attempts.workspace, `${workspace}/${user}`)));
};

/** That it was they who installed Entente somewhere. */
export const clearInstaller = async (tx: Tx, accounts: readonly Account[]): Promise<void> => {
  const { installations } = installationTables(tx);
  const users = new Set(accounts.map(({ user }) => user));
  for (const { platform, workspace, detail } of await tx.select().from(installations)) {
    const kept = Object.fromEntries(Object.entries(detail).filter(([, value]) => !users.has(value)));
    if (Object.keys(kept).length < Object.keys(detail).length)
      await tx
        .update(installations)
        .set({ detail: kept })
        .where(and(eq(installations.platform, platform), eq(installations.workspace, workspace)));
  }
};

/** Has every card in their direct messages drawn anew. */
export const wantPersonalCards = async (tx: Tx, selves: readonly PersonId[], now: Instant): Promise<void> => {
  const { cards } = cardTables(tx);
  const rows = await tx
    .select({ id: cards.id })
    .from(cards)
    .where(inArray(cards.personId, [...selves]));
  for (const { id } of rows) await wantCard(tx, id, now);
};

/** Cards in their direct messages that still show what they showed, where that can be changed. */
export const countUnwithdrawn = async (tx: Tx, selves: readonly PersonId[]): Promise<number> => {
  const { cards } = cardTables(tx);
  const behind = and(gt(cards.wanted, cards.shown), isNotNull(cards.ref), isNull(cards.parkedReason));
  const [row] = await tx
    .select({ cards: count() })
    .from(cards)
    .where(and(inArray(cards.personId, [...selves]), behind));
  return row?.cards ?? 0;
};

/** The cards in their direct messages, and the conversations; one that somebody new uses by now stays theirs. */
export const dropAddresses = async (
  tx: Tx,
  selves: readonly PersonId[],
  accounts: readonly Account[],
  now: Instant,
): Promise<void> => {
  const { cards, lanes } = cardTables(tx);
  const gone = await tx
    .delete(cards)
    .where(inArray(cards.personId, [...selves]))
    .returning({ id: cards.id });
  // Whoever was told that one of them could not be delivered was told where to.
  for (const { id } of gone) await wantCards(tx, { feature: REFUSED, id }, now);
  for (const { platform, workspace, user } of accounts)
    await tx
      .delete(lanes)
      .where(
        and(
          ...[eq(lanes.platform, platform), eq(lanes.workspace, workspace)],
          ...[eq(lanes.kind, 'person'), eq(lanes.conversation, user)],
          notExists(tx.select({ id: cards.id }).from(cards).where(eq(cards.laneId, lanes.id))),
        ),
      );
};
