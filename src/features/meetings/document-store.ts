/* Documents that people asked for; what is in them is drawn when they are sent. */
import { and, eq } from 'drizzle-orm';
import type { Audience } from '../../core/context.js';
import type { Db, Tx } from '../../core/db/store.js';
import type { AllianceId, PartnerId, PersonId } from '../../core/ids.js';
import type { Document } from './document-rules.js';
import { meetingTables } from './tables.js';

export const insertDocument = async (tx: Tx, document: Document): Promise<void> => {
  const { id, alliance, meeting, partner, person, state, askedAt } = document;
  const about = { allianceId: alliance, meetingId: meeting, partnerId: partner, personId: person };
  await tx.insert(meetingTables(tx).documents).values({ id, state, askedAt, ...about });
};

/** Of somebody of the audience's own company; nothing where others read. */
export const getDocument = async (db: Db, id: string, { alliance, own }: Audience): Promise<Document | undefined> => {
  const { documents } = meetingTables(db);
  const mine = and(eq(documents.allianceId, alliance), eq(documents.partnerId, own ?? ''));
  const [row] = await db
    .select()
    .from(documents)
    .where(and(eq(documents.id, id), mine));
  if (!row) return undefined;
  return {
    ...{ id: row.id, meeting: row.meetingId, askedAt: row.askedAt },
    alliance: row.allianceId as AllianceId,
    partner: row.partnerId as PartnerId,
    person: row.personId as PersonId,
    state: row.state as Document['state'],
    ...(row.place !== null && { place: row.place }),
  };
};

export const saveAnswer = async (tx: Tx, id: string, state: Document['state'], place?: string): Promise<void> => {
  const { documents } = meetingTables(tx);
  await tx
    .update(documents)
    .set({ state, place: place ?? null })
    .where(eq(documents.id, id));
};

/** Whoever knows such an address can write there: it is kept no longer than it is of use. */
export const forgetPlace = async (tx: Tx, id: string): Promise<void> => {
  const { documents } = meetingTables(tx);
  await tx.update(documents).set({ place: null }).where(eq(documents.id, id));
};

/** Takes what is known of the documents that somebody asked for; gives their ids. */
export const deleteDocumentsOf = async (tx: Tx, alliance: AllianceId, person: PersonId): Promise<readonly string[]> => {
  const { documents } = meetingTables(tx);
  const gone = await tx
    .delete(documents)
    .where(and(eq(documents.allianceId, alliance), eq(documents.personId, person)))
    .returning({ id: documents.id });
  return gone.map(({ id }) => id);
};

export const mergeDocuments = async (kept: PersonId, gone: PersonId, tx: Tx): Promise<void> => {
  const { documents } = meetingTables(tx);
  await tx.update(documents).set({ personId: kept }).where(eq(documents.personId, gone));
};
