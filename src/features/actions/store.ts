import { and, asc, eq, inArray, lte, ne } from 'drizzle-orm';
import type { Audience } from '../../core/context.js';
import { prepared } from '../../core/db/prepared.js';
import type { Db, Tx } from '../../core/db/store.js';
import type { Entry } from '../../core/feature.js';
import type { AllianceId, CommitteeId, Day, PartnerId, PersonId } from '../../core/ids.js';
import { ownerIn, readableBy, type Visibility } from '../../core/visibility.js';
import { type Action, isLive, labelOf, live, owed, type Status, statusWords } from './rules.js';
import { actionTables } from './tables.js';

export { defineActions } from './tables.js';

export type ActionRow = ReturnType<typeof actionTables>['actions']['$inferSelect'];
type Row = ActionRow;

interface Reader {
  readonly alliance: AllianceId;
  readonly owner: Visibility;
}

const readerOf = (audience: Audience): Reader => ({ alliance: audience.alliance, owner: ownerIn(audience) });

const readable = (db: Db, { alliance, owner }: Reader) => {
  const { actions } = actionTables(db);
  return and(eq(actions.allianceId, alliance), readableBy(actions.visibility, owner));
};

const selectAction = prepared((db, { id, alliance, owner }: Reader & { id: string }) => {
  const { actions } = actionTables(db);
  return db
    .select()
    .from(actions)
    .where(and(eq(actions.id, id), readable(db, { alliance, owner })));
});

const changeIn = (row: Row): Partial<Action> => ({
  ...(row.reason !== null && { reason: row.reason }),
  ...(row.dueWas !== null && { dueWas: row.dueWas }),
  ...(row.dueBy !== null && { dueBy: row.dueBy as PersonId }),
  ...(row.changedBy !== null && { changedBy: row.changedBy as PersonId }),
  ...(row.changedAt !== null && { changedAt: row.changedAt }),
  ...(row.statusWas !== null && { statusWas: row.statusWas as Status }),
  ...(row.reasonWas !== null && { reasonWas: row.reasonWas }),
});

const toAction = (row: Row, own: Visibility): Action => ({
  id: row.id,
  number: row.number,
  committee: row.committeeId as CommitteeId,
  visibility: row.visibility as Visibility,
  text: row.text,
  status: row.status as Status,
  owner: row.ownerId as PersonId,
  ownerFor: row.ownerFor as PartnerId,
  givenBy: row.givenBy as PersonId,
  givenAt: row.givenAt,
  dueOn: row.dueOn,
  recordedBy: row.recordedBy as PersonId,
  recordedFor: row.recordedFor as PartnerId,
  recordedAt: row.recordedAt,
  ...(row.saidAt !== null && { saidAt: row.saidAt }),
  ...changeIn(row),
  ...(row.link !== null && own === row.recordedFor && { link: row.link }),
});

/** Shared by all partners, or read by one alone: nothing where the audience cannot read it. */
export const getAction = async (db: Db, id: string, audience: Audience): Promise<Action | undefined> => {
  const [row] = await selectAction(db, { id, ...readerOf(audience) });
  return row && toAction(row, ownerIn(audience));
};

export interface NewAction extends Action {
  readonly alliance: AllianceId;
}

/** What a change may alter. */
const alterable = (action: Action) => ({
  status: action.status,
  reason: action.reason ?? null,
  ownerId: action.owner,
  ownerFor: action.ownerFor,
  givenBy: action.givenBy,
  givenAt: action.givenAt,
  dueOn: action.dueOn,
  dueWas: action.dueWas ?? null,
  dueBy: action.dueBy ?? null,
  changedBy: action.changedBy ?? null,
  changedAt: action.changedAt ?? null,
  statusWas: action.statusWas ?? null,
  reasonWas: action.reasonWas ?? null,
});

export const insertAction = async (tx: Tx, action: NewAction): Promise<void> => {
  const { id, alliance, number, committee, visibility, text, recordedBy, recordedFor, recordedAt } = action;
  await tx.insert(actionTables(tx).actions).values({
    ...alterable(action),
    ...{ id, allianceId: alliance, number, committeeId: committee, visibility, text },
    ...{ recordedBy, recordedFor, recordedAt, link: action.link ?? null, saidAt: action.saidAt ?? null },
  });
};

export const saveAction = async (tx: Tx, action: Action): Promise<void> => {
  const { actions } = actionTables(tx);
  await tx.update(actions).set(alterable(action)).where(eq(actions.id, action.id));
};

/** What one of two people owes or gave is the other's, since they are one; who recorded it stays as it was. */
export const mergeOwners = async (tx: Tx, kept: PersonId, gone: PersonId): Promise<void> => {
  const { actions } = actionTables(tx);
  await tx.update(actions).set({ ownerId: kept }).where(eq(actions.ownerId, gone));
  await tx.update(actions).set({ givenBy: kept }).where(eq(actions.givenBy, gone));
};

/** More than anybody looks through at once. */
const MANY = 100;

/** Which actions are asked for, besides that the audience reads them. */
export type Which =
  | { readonly committee: CommitteeId; readonly owner?: PersonId }
  | { readonly owner: PersonId }
  | { readonly declinedOf: PersonId }
  | { readonly overdueOf: PartnerId; readonly before: Day; readonly except: PersonId };

const matching = (db: Db, which: Which) => {
  const { actions } = actionTables(db);
  if ('declinedOf' in which) return and(eq(actions.givenBy, which.declinedOf), eq(actions.status, 'declined'));
  if ('overdueOf' in which)
    return and(
      eq(actions.ownerFor, which.overdueOf),
      inArray(actions.status, [...owed]),
      lte(actions.dueOn, which.before),
      ne(actions.ownerId, which.except),
    );
  return and(
    inArray(actions.status, [...live]),
    'committee' in which ? eq(actions.committeeId, which.committee) : undefined,
    which.owner === undefined ? undefined : eq(actions.ownerId, which.owner),
  );
};

/** What somebody still has to do something about, most urgent first. */
export const listActions = async (db: Db, which: Which, audience: Audience): Promise<readonly Action[]> => {
  const { actions } = actionTables(db);
  const rows = await db
    .select()
    .from(actions)
    .where(and(readable(db, readerOf(audience)), matching(db, which)))
    .orderBy(asc(actions.dueOn), asc(actions.recordedAt), asc(actions.id))
    .limit(MANY);
  return rows.map((row) => toAction(row, ownerIn(audience)));
};

/** What the log keeps of it, whoever may read that. */
export const getEntry = async (db: Db, id: string): Promise<Entry | undefined> => {
  const { actions } = actionTables(db);
  const [row] = await db.select().from(actions).where(eq(actions.id, id));
  if (!row) return undefined;
  const { visibility, status, link, saidAt, recordedFor, ...action } = toRow(row);
  return {
    committee: row.committeeId as CommitteeId,
    visibility,
    label: labelOf({ number: row.number, visibility }),
    title: action.text,
    more: row.reason === null ? [] : [row.reason],
    status: statusWords[status],
    live: isLive(status),
    owner: row.ownerId as PersonId,
    dueOn: row.dueOn,
    at: saidAt ?? row.recordedAt,
    ...(link !== null && { source: { link, partner: recordedFor as PartnerId } }),
  };
};

const toRow = (row: Row) => ({ ...row, visibility: row.visibility as Visibility, status: row.status as Status });
