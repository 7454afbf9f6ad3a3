/* What a company notes for itself while it prepares. Read by it alone. */
import { and, asc, eq, inArray } from 'drizzle-orm';
import type { Audience } from '../../core/context.js';
import type { Db, Tx } from '../../core/db/store.js';
import type { AllianceId, PartnerId, PersonId } from '../../core/ids.js';
import { ownerIn } from '../../core/visibility.js';
import type { Preparing } from './internal-rules.js';
import type { Note } from './note-rules.js';
import { meetingTables } from './tables.js';

type NoteRow = ReturnType<typeof meetingTables>['notes']['$inferSelect'];

const toNote = ({ id, text, at, meetingId, partnerId, personId }: NoteRow): Note => ({
  ...{ id, text, at, meeting: meetingId },
  partner: partnerId as PartnerId,
  person: personId as PersonId,
});

/** Those of the audience's own company on some meetings, oldest first; none where others read. */
export const listNotes = async (db: Db, meetings: readonly string[], audience: Audience): Promise<readonly Note[]> => {
  const owner = ownerIn(audience);
  if (owner === '' || meetings.length === 0) return [];
  const { notes } = meetingTables(db);
  const rows = await db
    .select()
    .from(notes)
    .where(and(inArray(notes.meetingId, [...meetings]), eq(notes.partnerId, owner)))
    .orderBy(asc(notes.at), asc(notes.id));
  return rows.map(toNote);
};

export const insertNote = async (tx: Tx, { id, meeting, partner, person, text, at }: Note): Promise<void> => {
  const { notes } = meetingTables(tx);
  await tx.insert(notes).values({ id, meetingId: meeting, partnerId: partner, personId: person, text, at });
};

/** One of the audience's own company; none where others read. */
export const getNote = async (db: Db, id: string, audience: Audience): Promise<Note | undefined> => {
  const owner = ownerIn(audience);
  const { notes } = meetingTables(db);
  const [row] =
    owner === ''
      ? []
      : await db
          .select()
          .from(notes)
          .where(and(eq(notes.id, id), eq(notes.partnerId, owner)));
  return row && toNote(row);
};

export const deleteNote = async (tx: Tx, id: string): Promise<void> => {
  const { notes } = meetingTables(tx);
  await tx.delete(notes).where(eq(notes.id, id));
};

export const mergeNotes = async (kept: PersonId, gone: PersonId, tx: Tx): Promise<void> => {
  const { notes } = meetingTables(tx);
  await tx.update(notes).set({ personId: kept }).where(eq(notes.personId, gone));
};

/** Takes what somebody noted in one alliance: it is in their words. Gives where it was read. */
export const eraseNotes = async (person: PersonId, alliance: AllianceId, tx: Tx): Promise<readonly Preparing[]> => {
  const { notes, meetings } = meetingTables(tx);
  const here = tx.select({ id: meetings.id }).from(meetings).where(eq(meetings.allianceId, alliance));
  const rows = await tx
    .delete(notes)
    .where(and(eq(notes.personId, person), inArray(notes.meetingId, here)))
    .returning({ meeting: notes.meetingId, partner: notes.partnerId });
  return rows.map(({ meeting, partner }) => ({ meeting, partner: partner as PartnerId }));
};
