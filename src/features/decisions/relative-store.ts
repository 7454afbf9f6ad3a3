/* Which decisions have to do with which: what supersedes or amends what. */
import { and, asc, eq, ne, or, sql } from 'drizzle-orm';
import { prepared } from '../../core/db/prepared.js';
import { unindexed } from '../../core/db/search.js';
import type { Db } from '../../core/db/store.js';
import type { AllianceId } from '../../core/ids.js';
import { readableBy, type Visibility } from '../../core/visibility.js';
import { type Decision, labelOf, type Relative, type Status } from './rules.js';
import { decisionTables } from './tables.js';
import type { Relation } from './wording-rules.js';

interface Related {
  readonly id: string;
  readonly replaces: string | null;
  readonly supersededBy: string | null;
  readonly alliance: AllianceId;
  readonly owner: Visibility;
}

const selectRelatives = prepared((db, { id, replaces, supersededBy, alliance, owner }: Related) => {
  const { decisions, wordings } = decisionTables(db);
  // They are few, and SQLite would rather go through all that the alliance ever decided.
  const theirs = eq(unindexed(db.dialect, sql`${decisions.allianceId}`), alliance);
  const isOne = or(
    eq(decisions.replaces, id),
    eq(decisions.id, replaces as string),
    eq(decisions.id, supersededBy as string),
  );
  return db
    .select({
      id: decisions.id,
      number: decisions.number,
      visibility: decisions.visibility,
      status: decisions.status,
      replaces: decisions.replaces,
      how: decisions.replacesHow,
      title: wordings.text,
    })
    .from(decisions)
    .innerJoin(wordings, and(eq(wordings.decisionId, decisions.id), eq(wordings.revision, decisions.revision)))
    .where(and(isOne, ne(decisions.id, id), theirs, readableBy(decisions.visibility, owner)))
    .orderBy(asc(decisions.number));
});

type Row = Awaited<ReturnType<typeof selectRelatives>>[number];
type Linked = Pick<Related, 'id' | 'replaces' | 'supersededBy'> & { readonly replacesHow: string | null };

/** All that a decision has to do with, as far as this reader may know of them. */
export const listRelatives = (
  db: Db,
  { id, replaces, supersededBy }: Linked,
  reader: Pick<Related, 'alliance' | 'owner'>,
): Promise<readonly Row[]> =>
  // Nothing has the empty id: a comparison with null would be none.
  selectRelatives(db, { id, replaces: replaces ?? '', supersededBy: supersededBy ?? '', ...reader });

const toRelative = ({ id, number, visibility, status, title }: Row, how: string | null): Relative => ({
  id,
  label: labelOf({ number, visibility: visibility as Visibility }),
  title,
  status: status as Status,
  how: (how ?? 'supersedes') as Relation,
});

/** The same, by how they are related. */
export const relativesOf = (
  decision: Linked,
  rows: readonly Row[],
): Pick<Decision, 'replaces' | 'replacedBy' | 'supersededBy'> => {
  const replaced = rows.find((row) => row.id === decision.replaces);
  const newer = rows.find((row) => row.id === decision.supersededBy);
  return {
    replacedBy: rows
      .filter((row) => row.replaces === decision.id && row.status !== 'withdrawn')
      .map((row) => toRelative(row, row.how)),
    ...(replaced && { replaces: toRelative(replaced, decision.replacesHow) }),
    ...(newer && { supersededBy: toRelative(newer, newer.how) }),
  };
};

/** The decisions that a decision has taken the place of, with where they stood before. */
export const listSuperseded = (db: Db, by: string) => {
  const { decisions } = decisionTables(db);
  return db
    .select({ id: decisions.id, from: decisions.supersededFrom })
    .from(decisions)
    .where(eq(decisions.supersededBy, by))
    .orderBy(asc(decisions.number));
};

/** What the log says of a superseded one. */
export const labelOfDecision = async (db: Db, id: string): Promise<string | undefined> => {
  const { decisions } = decisionTables(db);
  const [row] = await db
    .select({ number: decisions.number, visibility: decisions.visibility })
    .from(decisions)
    .where(eq(decisions.id, id));
  return row && labelOf({ number: row.number, visibility: row.visibility as Visibility });
};
