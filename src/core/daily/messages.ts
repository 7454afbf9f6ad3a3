/*
 * The rows of daily messages. A message that nobody has seen yet becomes the next one, so that a late one never comes
 * beside a fresh one.
 */
import { and, desc, eq, inArray, lt, ne } from 'drizzle-orm';
import { wantCards, wantWhich } from '../cards.js';
import { daysAfter } from '../days.js';
import { prepared } from '../db/prepared.js';
import type { Db, Tx } from '../db/store.js';
import type { AllianceId, Day, Instant, PersonId } from '../ids.js';
import { cardTables } from '../tables.js';
import type { Subject } from '../view.js';
import { dailyTables } from './tables.js';

/** Subjects of this name are daily messages. */
export const DAILY = 'daily';

/** Older messages follow no more what becomes of what they list. */
const FOLLOWED_DAYS = 7;

export interface DailyMessage {
  readonly id: string;
  readonly alliance: AllianceId;
  readonly person: PersonId;
  readonly on: Day;
  readonly lastOn?: Day;
  /** It stands in their direct messages. */
  readonly posted: boolean;
}

export const dailySubject = (id: string): Subject => ({ feature: DAILY, id });

const selectMessages = (db: Db) => {
  const { dailyMessages } = dailyTables(db);
  const { cards } = cardTables(db);
  return db
    .select({ message: dailyMessages, ref: cards.ref })
    .from(dailyMessages)
    .leftJoin(cards, and(eq(cards.feature, DAILY), eq(cards.subjectId, dailyMessages.id)));
};

type Row = Awaited<ReturnType<typeof selectMessages>>[number];

const toMessage = ({ message, ref }: Row): DailyMessage => ({
  id: message.id,
  alliance: message.allianceId as AllianceId,
  person: message.personId as PersonId,
  on: message.on,
  ...(message.lastOn !== null && { lastOn: message.lastOn }),
  posted: ref !== null,
});

const selectMessage = prepared((db, { id }: { id: string }) =>
  selectMessages(db).where(eq(dailyTables(db).dailyMessages.id, id)),
);

export const findDaily = async (db: Db, id: string): Promise<DailyMessage | undefined> => {
  const [row] = await selectMessage(db, { id });
  return row && toMessage(row);
};

const selectLast = prepared((db, { alliance, person }: { alliance: AllianceId; person: PersonId }) => {
  const { dailyMessages } = dailyTables(db);
  return selectMessages(db)
    .where(and(eq(dailyMessages.allianceId, alliance), eq(dailyMessages.personId, person)))
    .orderBy(desc(dailyMessages.on))
    .limit(1);
});

/** Somebody's latest message. */
export const findLastDaily = async (
  db: Db,
  alliance: AllianceId,
  person: PersonId,
): Promise<DailyMessage | undefined> => {
  const [row] = await selectLast(db, { alliance, person });
  return row && toMessage(row);
};

const selectItems = prepared((db, { id }: { id: string }) => {
  const { dailyItems } = dailyTables(db);
  return db
    .select({ feature: dailyItems.feature, id: dailyItems.subjectId })
    .from(dailyItems)
    .where(eq(dailyItems.messageId, id));
});

/** What a message told of. */
export const listDailyItems = (db: Db, id: string): Promise<readonly Subject[]> => selectItems(db, { id });

/** Keeps what a message tells of, in the place of what it would have told. */
export const saveDaily = async (
  tx: Tx,
  message: Omit<DailyMessage, 'posted'>,
  items: readonly Subject[],
): Promise<void> => {
  const { dailyMessages, dailyItems } = dailyTables(tx);
  const { id, alliance: allianceId, person: personId, on, lastOn = null } = message;
  await tx
    .insert(dailyMessages)
    .values({ id, allianceId, personId, on, lastOn })
    .onConflictDoUpdate({ target: dailyMessages.id, set: { on, lastOn } });
  await tx.delete(dailyItems).where(eq(dailyItems.messageId, id));
  if (items.length > 0)
    await tx
      .insert(dailyItems)
      .values(items.map((item) => ({ messageId: id, feature: item.feature, subjectId: item.id })));
  await sweepDaily(tx, message);
};

/** Forgets somebody's old messages; what stands in their chat stays as it was drawn last. */
const sweepDaily = async (tx: Tx, { id, alliance, person, on }: Omit<DailyMessage, 'posted'>): Promise<void> => {
  const { dailyMessages, dailyItems } = dailyTables(tx);
  const old = await tx
    .delete(dailyMessages)
    .where(
      and(
        eq(dailyMessages.allianceId, alliance),
        eq(dailyMessages.personId, person),
        ne(dailyMessages.id, id),
        lt(dailyMessages.on, daysAfter(on, -FOLLOWED_DAYS)),
      ),
    )
    .returning({ id: dailyMessages.id });
  const ids = old.map((row) => row.id);
  if (ids.length > 0) await tx.delete(dailyItems).where(inArray(dailyItems.messageId, ids));
};

/** The message that nobody got goes out as the fresh one, however often it was tried as an earlier one. */
export const renewCards = async (tx: Tx, id: string, now: Instant): Promise<void> => {
  const { cards } = cardTables(tx);
  await tx
    .update(cards)
    .set({ parkedReason: null, parkedAdvice: null, failingSince: null, wantedAt: now })
    .where(and(eq(cards.feature, DAILY), eq(cards.subjectId, id)));
  await wantCards(tx, dailySubject(id), now);
};

/** Another direct message follows what it tells of as daily messages do: `message` and `items` are of one feature. */
export const followItems = async (tx: Tx, message: Subject, items: readonly Subject[]): Promise<void> => {
  if (items.length === 0) return;
  await tx
    .insert(dailyTables(tx).dailyItems)
    .values(items.map(({ feature, id }) => ({ messageId: message.id, feature, subjectId: id })))
    .onConflictDoNothing();
};

/** The messages that tell of a subject follow what became of it. */
export const wantDailies = (tx: Tx, { feature, id }: Subject, now: Instant): Promise<void> => {
  const { dailyItems } = dailyTables(tx);
  const telling = tx
    .select({ id: dailyItems.messageId })
    .from(dailyItems)
    .where(and(eq(dailyItems.feature, feature), eq(dailyItems.subjectId, id)));
  const { cards } = cardTables(tx);
  return wantWhich(tx, and(inArray(cards.feature, [DAILY, feature]), inArray(cards.subjectId, telling)), now);
};

/** True when the card stands in this person's direct messages. */
export const isTold = async (db: Db, { feature, id }: Subject, person: PersonId): Promise<boolean> => {
  const { cards } = cardTables(db);
  const rows = await db
    .select({ id: cards.id })
    .from(cards)
    .where(and(eq(cards.feature, feature), eq(cards.subjectId, id), eq(cards.personId, person)))
    .limit(1);
  return rows.length > 0;
};

/** Takes every daily message of somebody, and what each listed; gives them as subjects. */
export const dropDailies = async (tx: Tx, alliance: AllianceId, person: PersonId): Promise<readonly Subject[]> => {
  const { dailyMessages, dailyItems } = dailyTables(tx);
  const gone = await tx
    .delete(dailyMessages)
    .where(and(eq(dailyMessages.allianceId, alliance), eq(dailyMessages.personId, person)))
    .returning({ id: dailyMessages.id });
  const ids = gone.map(({ id }) => id);
  if (ids.length > 0) await tx.delete(dailyItems).where(inArray(dailyItems.messageId, ids));
  return ids.map(dailySubject);
};
