/*
 * The private addresses of calendars: one for each person and alliance. The key in an address is derived from the row's
 * id and version whenever it is needed, so the database gives nobody an address, and a new version ends the one before.
 */
import { timingSafeEqual } from 'node:crypto';
import { and, eq, isNull } from 'drizzle-orm';
import type { Work } from '../context.js';
import { prepared } from '../db/prepared.js';
import type { Db, Tx } from '../db/store.js';
import type { AllianceId, Instant, PersonId } from '../ids.js';
import { calendarTables } from './tables.js';

export interface Subscription {
  readonly id: string;
  readonly alliance: AllianceId;
  readonly person: PersonId;
  readonly version: number;
  readonly createdAt: Instant;
  readonly revokedAt?: Instant;
}

type Row = ReturnType<typeof calendarTables>['subscriptions']['$inferSelect'];

const toSubscription = ({ id, allianceId, personId, version, createdAt, revokedAt }: Row): Subscription => ({
  ...{ id, version, createdAt },
  alliance: allianceId as AllianceId,
  person: personId as PersonId,
  ...(revokedAt !== null && { revokedAt }),
});

const selectSubscription = prepared((db, { id }: { id: string }) => {
  const { subscriptions } = calendarTables(db);
  return db.select().from(subscriptions).where(eq(subscriptions.id, id));
});

export const findSubscription = async (db: Db, id: string): Promise<Subscription | undefined> => {
  const [row] = await selectSubscription(db, { id });
  return row && toSubscription(row);
};

const selectOwn = prepared((db, { alliance, person }: { alliance: AllianceId; person: PersonId }) => {
  const { subscriptions } = calendarTables(db);
  return db
    .select()
    .from(subscriptions)
    .where(and(eq(subscriptions.personId, person), eq(subscriptions.allianceId, alliance)));
});

/** Somebody's own, also one that was stopped. */
export const subscriptionOf = async (
  db: Db,
  alliance: AllianceId,
  person: PersonId,
): Promise<Subscription | undefined> => {
  const [row] = await selectOwn(db, { alliance, person });
  return row && toSubscription(row);
};

/** Gives somebody an address that nobody has had before; the one that they had ends. */
export const renewSubscription = async (work: Work, person: PersonId): Promise<Subscription> => {
  const { db, alliance, now } = work;
  const { subscriptions } = calendarTables(db);
  const before = await subscriptionOf(db, alliance, person);
  const { id, version } = before ? { ...before, version: before.version + 1 } : { id: work.newId(), version: 1 };
  const about = { allianceId: alliance, personId: person };
  await db
    .insert(subscriptions)
    .values({ id, ...about, version, createdAt: now, revokedAt: null })
    .onConflictDoUpdate({ target: subscriptions.id, set: { version, createdAt: now, revokedAt: null } });
  return { id, alliance, person, version, createdAt: now };
};

/** False when there was none to stop. */
export const stopSubscription = async (
  tx: Tx,
  { alliance, person, now }: { alliance: AllianceId; person: PersonId; now: Instant },
): Promise<boolean> => {
  const { subscriptions } = calendarTables(tx);
  const own = and(eq(subscriptions.personId, person), eq(subscriptions.allianceId, alliance));
  const stopped = await tx
    .update(subscriptions)
    .set({ revokedAt: now })
    .where(and(own, isNull(subscriptions.revokedAt)))
    .returning({ id: subscriptions.id });
  return stopped.length > 0;
};

export const deleteSubscription = async (tx: Tx, alliance: AllianceId, person: PersonId): Promise<void> => {
  const { subscriptions } = calendarTables(tx);
  await tx.delete(subscriptions).where(and(eq(subscriptions.personId, person), eq(subscriptions.allianceId, alliance)));
};

/** Two people are one from now on: their calendars go on under the address of `kept`, or else under that of `gone`. */
export const mergeSubscriptions = async (tx: Tx, kept: PersonId, gone: PersonId): Promise<void> => {
  const { subscriptions } = calendarTables(tx);
  const theirs = await tx.select().from(subscriptions).where(eq(subscriptions.personId, gone));
  for (const { id, allianceId } of theirs) {
    const own = await subscriptionOf(tx, allianceId as AllianceId, kept);
    if (own) await tx.delete(subscriptions).where(eq(subscriptions.id, id));
    else await tx.update(subscriptions).set({ personId: kept }).where(eq(subscriptions.id, id));
  }
};

type Derive = (purpose: string) => Uint8Array;

const keyOf = ({ id, version }: Pick<Subscription, 'id' | 'version'>, derive: Derive): string =>
  Buffer.from(derive(`calendar ${id} ${version}`)).toString('base64url');

/** Nobody's, so that an id that there is not takes as long to refuse as a key that is wrong. */
const nobody = { id: '', version: 0 };

/** The subscription that an address is of; nothing for one that was never given, or that has ended. */
export const openAddress = async (
  db: Db,
  { id, key }: { readonly id: string; readonly key: string },
  derive: Derive,
): Promise<Subscription | undefined> => {
  const found = await findSubscription(db, id);
  const right = Buffer.from(keyOf(found ?? nobody, derive));
  const given = Buffer.from(key);
  const same = given.length === right.length && timingSafeEqual(given, right);
  return same && found && found.revokedAt === undefined ? found : undefined;
};

/** The whole address: whoever has it reads the calendar. */
export const addressOf = (publicUrl: string, subscription: Subscription, derive: Derive): string =>
  `${publicUrl.replace(/\/$/, '')}/calendar/${subscription.id}/${keyOf(subscription, derive)}.ics`;

/** Somebody's address as it is, or else a first one. */
export const subscribe = async (work: Work, person: PersonId): Promise<Subscription> => {
  const own = await subscriptionOf(work.db, work.alliance, person);
  return own && own.revokedAt === undefined ? own : renewSubscription(work, person);
};
