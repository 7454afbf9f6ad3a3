/* Everything that minutes are drawn from, as all companies read it. */
import { asc, inArray } from 'drizzle-orm';
import type { Read } from '../../core/context.js';
import type { Db } from '../../core/db/store.js';
import { sharedAudience } from '../../core/directory/audience.js';
import { type Listed, listEntries } from '../../core/entries/entries.js';
import { groupedBy } from '../../core/grouped.js';
import type { PartnerId, PersonId } from '../../core/ids.js';
import { listMade } from '../../core/origins.js';
import { SHARED } from '../../core/visibility.js';
import type { Item } from './agenda-rules.js';
import { listItems } from './agenda-store.js';
import { draftOf, type Guest, type Minutes, type Outcome, type Recused } from './draft-rules.js';
import { findKept, listAddenda, listProposals, listReadings } from './minutes-store.js';
import type { Meeting } from './rules.js';
import { meetingTables } from './tables.js';

const FEATURE = 'meetings';
const ITEM = 'item:';

const toOutcome = ({ subject, label, title, status, owner, dueOn }: Listed): Outcome => ({
  ...{ subject, label, title, status },
  ...(owner !== undefined && { owner }),
  ...(dueOn !== undefined && { dueOn }),
});

const listRecused = async (db: Db, items: readonly string[]): Promise<readonly Recused[]> => {
  if (items.length === 0) return [];
  const { recusals } = meetingTables(db);
  const own = inArray(recusals.itemId, [...items]);
  const rows = await db.select().from(recusals).where(own).orderBy(asc(recusals.at), asc(recusals.personId));
  return rows.map(({ itemId, personId, partnerId, reason }) => ({
    ...{ item: itemId, person: personId as PersonId, partner: partnerId as PartnerId },
    ...(reason !== null && { reason }),
  }));
};

const listInvited = async (db: Db, items: readonly string[]): Promise<readonly Guest[]> => {
  if (items.length === 0) return [];
  const { guests } = meetingTables(db);
  const rows = await db
    .select()
    .from(guests)
    .where(inArray(guests.itemId, [...items]))
    .orderBy(asc(guests.id));
  return rows.map(({ itemId, personId, name, invitedFor }) => ({
    ...{ item: itemId, invitedFor: invitedFor as PartnerId },
    ...(personId !== null && { person: personId as PersonId }),
    ...(name !== null && { name }),
  }));
};

/** What was recorded in the meeting and all companies share, by the item that it came from or the meeting itself. */
const listOutcomes = async (db: Db, meeting: Meeting, items: readonly Item[]) => {
  const audience = await sharedAudience(db, meeting.alliance);
  const made = await listMade(db, FEATURE, [meeting.id, ...items.map(({ id }) => `${ITEM}${id}`)]);
  const found = new Map<string, Listed>();
  for (const [feature, all] of groupedBy(made, (one) => one.made.feature)) {
    const ids = all.map((one) => one.made.id);
    for (const entry of await listEntries(db, feature, ids, audience))
      if (entry.visibility === SHARED) found.set(`${feature} ${entry.subject.id}`, entry);
  }
  return made.flatMap(({ made: { feature, id }, from }) => {
    const entry = found.get(`${feature} ${id}`);
    const at = from.id.startsWith(ITEM) ? from.id.slice(ITEM.length) : from.id;
    return entry ? [{ from: at, outcome: toOutcome(entry) }] : [];
  });
};

/** A meeting's minutes as they are now; none before they are drafted. */
export const findMinutes = async (meeting: Meeting, { db }: Pick<Read, 'db'>): Promise<Minutes | undefined> => {
  const kept = await findKept(db, meeting.id);
  if (!kept) return undefined;
  const items = await listItems(db, meeting.id, await sharedAudience(db, meeting.alliance));
  const ids = items.map(({ id }) => id);
  return draftOf({
    ...{ meeting, kept, items },
    made: await listOutcomes(db, meeting, items),
    recused: await listRecused(db, ids),
    guests: await listInvited(db, ids),
    readings: await listReadings(db, meeting.id),
    proposals: await listProposals(db, meeting.id),
    addenda: await listAddenda(db, meeting.id),
  });
};
