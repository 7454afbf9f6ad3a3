/* How one company prepared for meetings, as its own copy holds it, and back. */
import { asc, inArray } from 'drizzle-orm';
import type { Audience, Read } from '../../core/context.js';
import { namedFacts } from '../../core/copy/facts.js';
import { type Names, namesFor } from '../../core/copy/names.js';
import { restoredId } from '../../core/copy/references.js';
import type { Restoring } from '../../core/copy/restoring.js';
import type { Placed, Row } from '../../core/copy/row.js';
import type { Db, Tx } from '../../core/db/store.js';
import { groupedBy } from '../../core/grouped.js';
import type { PartnerId } from '../../core/ids.js';
import { ownerIn, SHARED } from '../../core/visibility.js';
import { labelFor } from './copied-rules.js';
import { type Columns, columnsIn, factsOf } from './fact-store.js';
import { listNotes } from './note-store.js';
import { listPositions } from './position-store.js';
import { noteShape, PREPARED, positionShape, preparedFault, preparedLabel } from './prepared-rules.js';
import { meetingTables } from './tables.js';
import { internalSubject, titleOf } from './views.js';
import type { MeetingRow } from './whole-store.js';

/** By meeting, in the order in which a copy counts them. */
const listItems = async (db: Db, meetings: readonly string[]) => {
  const { items } = meetingTables(db);
  const { id, meetingId } = items;
  const rows = await db
    .select({ id, meetingId })
    .from(items)
    .where(inArray(meetingId, [...meetings]))
    .orderBy(asc(items.position), asc(id));
  return groupedBy(rows, (row) => row.meetingId);
};

interface Said {
  readonly person: string;
  readonly at: number;
  readonly text: string;
}

/** The oldest first; of one moment by name, and then by what was said: the same wherever a copy is taken back. */
const inOrder = <T extends Said>(rows: readonly T[], nameOf: (person: string) => string): readonly T[] => {
  const key = ({ person, text }: T) => `${nameOf(person)}\n${text}`;
  return [...rows].sort((a, b) => a.at - b.at || (key(a) < key(b) ? -1 : 1));
};

interface Prepared {
  readonly names: Names;
  readonly own: PartnerId;
  /** Where its people stand, each with the number of the item. */
  readonly stands: readonly (Said & Columns)[];
  readonly noted: readonly (Said & Columns)[];
}

const rowOf = (row: MeetingRow, { names, own, stands, noted }: Prepared): readonly Row[] => {
  const company = names.company(own);
  const nameOf = (person: string) => names.sign(person, 0, company).name;
  const [first] = inOrder<Said>([...stands, ...noted], nameOf);
  if (!first) return [];
  const signed = (all: readonly (Said & Columns)[]): readonly Columns[] =>
    inOrder(all, nameOf).map((one): Columns => ({ ...one, personId: one.person, partnerId: own }));
  const facts = { ...factsOf('position', positionShape, signed(stands)), ...factsOf('note', noteShape, signed(noted)) };
  const { number } = row;
  const key = names.committee(row.committeeId);
  const by = names.sign(first.person, first.at, company);
  const text = `How ${company} prepared for ${titleOf(row, { key })}`;
  return [
    {
      ...{ id: internalSubject(own, row.id).id, kind: 'preparation', label: preparedLabel(number), number },
      ...{ committee: key, own: company, status: PREPARED, happened: [] },
      versions: [{ number: 1, text, by, confirmed: [] }],
      facts: namedFacts(facts, names),
    },
  ];
};

/** Of these meetings, what the audience's own company said to itself; of most there is nothing. */
export const readPrepared = async (
  read: Read,
  audience: Audience,
  rows: readonly MeetingRow[],
): Promise<ReadonlyMap<string, Row>> => {
  const own = ownerIn(audience);
  const ids = rows.map(({ id }) => id);
  if (own === SHARED || ids.length === 0) return new Map();
  const items = await listItems(read.db, ids);
  const asked = [...items.values()].flat().map(({ id }) => id);
  const positions = await listPositions(read.db, asked, audience);
  const notes = await listNotes(read.db, ids, audience);
  if (positions.length + notes.length === 0) return new Map();
  const people = [...positions, ...notes].map(({ person }) => person);
  const names = await namesFor(read, audience.alliance, people);
  const onItem = groupedBy(positions, ({ item }) => item);
  const onMeeting = groupedBy(notes, ({ meeting }) => meeting);
  const told = rows.flatMap((row) => {
    const stands = (items.get(row.id) ?? []).flatMap(({ id }, at) =>
      (onItem.get(id) ?? []).map((one) => ({ ...one, item: at + 1, text: String(at + 1).padStart(4, '0') })),
    );
    const noted = (onMeeting.get(row.id) ?? []).map((one) => ({ ...one }));
    return rowOf(row, { names, own, stands, noted }).map((one): [string, Row] => [row.id, one]);
  });
  return new Map(told);
};

const write = async (tx: Tx, row: Row, placed: Placed): Promise<readonly string[]> => {
  const { positions, notes } = meetingTables(tx);
  const meeting = placed.record(labelFor(row.number));
  const items = (await listItems(tx, [meeting])).get(meeting) ?? [];
  for (const { item, ...said } of columnsIn('position', positionShape, row.facts, placed)) {
    const itemId = items[Number(item) - 1]?.id;
    if (itemId === undefined)
      throw new Error(`${row.label} speaks of item ${item}, which ${labelFor(row.number)} has not`);
    const one = { ...said, itemId } as unknown as typeof positions.$inferInsert;
    await tx.insert(positions).values(one).onConflictDoNothing();
  }
  for (const [at, noted] of columnsIn('note', noteShape, row.facts, placed).entries()) {
    const id = restoredId(placed.alliance, placed.own ?? SHARED, `${row.label} note ${at + 1}`);
    await tx.insert(notes).values({ ...noted, id, meetingId: meeting } as unknown as typeof notes.$inferInsert);
  }
  return [];
};

/** After the meetings that they are for. */
export const restorePrepared: Restoring = {
  kind: 'preparation',
  part: {
    of: ({ number }) => labelFor(number),
    idOn: (meeting, own) => internalSubject(own, meeting).id,
  },
  labelOf: preparedLabel,
  refuse: preparedFault,
  write,
};
