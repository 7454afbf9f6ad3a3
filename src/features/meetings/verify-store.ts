/* The meetings that are compared with what their history tells. */
import { and, asc, eq, gt, inArray } from 'drizzle-orm';
import type { Pages } from '../../core/copy/row.js';
import type { AllianceId } from '../../core/ids.js';
import { type Checking, verifyRecords } from '../../core/verify-records.js';
import { SHARED } from '../../core/visibility.js';
import { labelFor } from './copied-rules.js';
import { meetingTables } from './tables.js';
import { faultsOf, type Kept } from './verify-rules.js';

interface Record extends Kept {
  readonly id: string;
  readonly number: number;
}

const checking: Checking<Record> = {
  feature: 'meetings',
  series: 'M',
  labelOf: labelFor,
  async list({ db }, { alliance, visibility }, after, limit) {
    if (visibility !== SHARED) return [];
    const { meetings } = meetingTables(db);
    const of = and(eq(meetings.allianceId, alliance), gt(meetings.number, after));
    const rows = await db.select().from(meetings).where(of).orderBy(asc(meetings.number)).limit(limit);
    return rows.map((meeting) => ({ id: meeting.id, number: meeting.number, meeting }));
  },
  faultsOf,
  async standing(db, ids) {
    const { meetings } = meetingTables(db);
    const rows = await db
      .select({ id: meetings.id })
      .from(meetings)
      .where(inArray(meetings.id, [...ids]));
    return new Set(rows.map(({ id }) => id));
  },
};

export const verifyMeetings = (pages: Pages, alliance: AllianceId): AsyncIterable<string> =>
  verifyRecords(pages, alliance, checking);
