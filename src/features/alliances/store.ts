import { and, asc, desc, eq, gt, isNull } from 'drizzle-orm';
import type { Audience, Read } from '../../core/context.js';
import type { Db, Tx } from '../../core/db/store.js';
import { findPartnerOf, listJoined } from '../../core/directory/alliances.js';
import type { Workspace } from '../../core/directory/places.js';
import { directoryTables } from '../../core/directory/tables.js';
import { listHistory } from '../../core/history.js';
import type { AllianceId, Instant, PartnerId, PersonId, PlatformId } from '../../core/ids.js';
import { nameIn, namesOf } from '../../core/sentences.js';
import type { Confirmation, Invitation, Join, JoinState } from './rules.js';
import { allianceTables } from './tables.js';
import type { Around, Open } from './views.js';

export { defineAlliances } from './tables.js';

type Tables = ReturnType<typeof allianceTables>;

const toInvitation = (row: Tables['invitations']['$inferSelect']): Invitation => ({
  id: row.id,
  alliance: row.allianceId as AllianceId,
  partner: row.partnerId as PartnerId,
  fingerprint: row.codeHash,
  madeBy: row.personId as PersonId,
  madeAt: row.madeAt,
  expiresAt: row.expiresAt,
  ...(row.usedAt !== null && { usedAt: row.usedAt }),
  ...(row.withdrawnAt !== null && { withdrawnAt: row.withdrawnAt }),
});

const toJoin = (row: Tables['joins']['$inferSelect']): Join => {
  const { name = '', zone, locale, email } = row.profile;
  return {
    id: row.id,
    alliance: row.allianceId as AllianceId,
    partner: row.partnerId as PartnerId,
    invitation: row.invitationId,
    caller: { platform: row.platform as PlatformId, workspace: row.workspace, user: row.user, detail: row.detail },
    profile: { name, ...(zone && { zone }), ...(locale && { locale }), ...(email && { email }) },
    workspaceName: row.workspaceName,
    askedAt: row.askedAt,
    state: row.state as JoinState,
    ...(row.decidedBy !== null && { decidedBy: row.decidedBy as PersonId }),
    ...(row.decidedAt !== null && { decidedAt: row.decidedAt }),
  };
};

export const insertInvitation = async (tx: Tx, invitation: Invitation): Promise<void> => {
  const { id, alliance, partner, fingerprint, madeBy, madeAt, expiresAt } = invitation;
  await tx.insert(allianceTables(tx).invitations).values({
    ...{ id, allianceId: alliance, partnerId: partner, personId: madeBy },
    ...{ codeHash: fingerprint, madeAt, expiresAt },
  });
};

/** By what is kept of its code: whoever knows the code may see it, and nobody else asks like this. */
export const findInvitation = async (db: Db, fingerprint: string): Promise<Invitation | undefined> => {
  const { invitations } = allianceTables(db);
  const [row] = await db.select().from(invitations).where(eq(invitations.codeHash, fingerprint));
  return row && toInvitation(row);
};

/** Shared by all companies that are in. */
export const getInvitation = async (db: Db, id: string, audience: Audience): Promise<Invitation | undefined> => {
  const { invitations } = allianceTables(db);
  const [row] = await db
    .select()
    .from(invitations)
    .where(and(eq(invitations.id, id), eq(invitations.allianceId, audience.alliance)));
  return row && toInvitation(row);
};

/** Those whose codes work, oldest first. */
export const listLive = async (db: Db, alliance: AllianceId, now: Instant): Promise<readonly Invitation[]> => {
  const { invitations } = allianceTables(db);
  const rows = await db
    .select()
    .from(invitations)
    .where(
      and(
        eq(invitations.allianceId, alliance),
        isNull(invitations.usedAt),
        isNull(invitations.withdrawnAt),
        gt(invitations.expiresAt, now),
      ),
    )
    .orderBy(asc(invitations.madeAt), asc(invitations.id));
  return rows.map(toInvitation);
};

/** Those whose codes work, with whom they are for and who made them. */
export const listOpen = async ({ db, directory, now }: Read, alliance: AllianceId): Promise<readonly Open[]> => {
  const live = await listLive(db, alliance, now);
  const names = await directory.names(live.map(({ madeBy }) => madeBy));
  const open: Open[] = [];
  for (const invitation of live) {
    const by = nameIn(names, invitation.madeBy);
    open.push({ invitation, company: await companyOf(db, invitation), by });
  }
  return open;
};

/** False when somebody was faster, or it was withdrawn meanwhile. */
export const spendInvitation = async (tx: Tx, id: string, now: Instant): Promise<boolean> => {
  const { invitations } = allianceTables(tx);
  const used = await tx
    .update(invitations)
    .set({ usedAt: now })
    .where(and(eq(invitations.id, id), isNull(invitations.usedAt), isNull(invitations.withdrawnAt)))
    .returning({ id: invitations.id });
  return used.length > 0;
};

export const withdrawInvitation = async (tx: Tx, id: string, now: Instant): Promise<boolean> => {
  const { invitations } = allianceTables(tx);
  const withdrawn = await tx
    .update(invitations)
    .set({ withdrawnAt: now })
    .where(and(eq(invitations.id, id), isNull(invitations.usedAt), isNull(invitations.withdrawnAt)))
    .returning({ id: invitations.id });
  return withdrawn.length > 0;
};

/** The company invited. One that has never been a partner is known by what was recorded with its invitation. */
export const companyOf = async (
  db: Db,
  { id, alliance, partner }: Pick<Invitation, 'id' | 'alliance' | 'partner'>,
): Promise<string> => {
  const { partners } = directoryTables(db);
  const [row] = await db.select({ name: partners.name }).from(partners).where(eq(partners.id, partner));
  if (row) return row.name;
  const [invited] = await listHistory(db, alliance, { feature: 'alliances', id });
  return String(invited?.detail.company ?? '');
};

export const insertJoin = async (tx: Tx, join: Join): Promise<void> => {
  const { caller, profile } = join;
  await tx.insert(allianceTables(tx).joins).values({
    ...{ id: join.id, allianceId: join.alliance, partnerId: join.partner, invitationId: join.invitation },
    ...{ platform: caller.platform, workspace: caller.workspace, user: caller.user, detail: caller.detail ?? {} },
    workspaceName: join.workspaceName,
    profile: Object.fromEntries(
      (['name', 'zone', 'locale', 'email'] as const).flatMap((key) => (profile[key] ? [[key, profile[key]]] : [])),
    ),
    askedAt: join.askedAt,
    state: join.state,
  });
};

/** Shared by all companies that are in. */
export const getJoin = async (db: Db, id: string, audience: Audience): Promise<Join | undefined> => {
  const { joins } = allianceTables(db);
  const [row] = await db
    .select()
    .from(joins)
    .where(and(eq(joins.id, id), eq(joins.allianceId, audience.alliance)));
  return row && toJoin(row);
};

/** Requests that wait, oldest first. */
export const listAsked = async (db: Db, alliance: AllianceId): Promise<readonly Join[]> => {
  const { joins } = allianceTables(db);
  const rows = await db
    .select()
    .from(joins)
    .where(and(eq(joins.allianceId, alliance), eq(joins.state, 'asked')))
    .orderBy(asc(joins.askedAt), asc(joins.id));
  return rows.map(toJoin);
};

/** What a workspace itself has asked for, newest first. */
export const listRequests = async (db: Db, { platform, workspace }: Workspace): Promise<readonly Join[]> => {
  const { joins } = allianceTables(db);
  const rows = await db
    .select()
    .from(joins)
    .where(and(eq(joins.platform, platform), eq(joins.workspace, workspace)))
    .orderBy(desc(joins.askedAt), desc(joins.id))
    .limit(20);
  return rows.map(toJoin);
};

interface Decided {
  readonly state: Exclude<JoinState, 'asked'>;
  readonly by: PersonId;
  readonly at: Instant;
  /** Whoever asked, once they take part. */
  readonly person?: PersonId;
}

export const saveDecided = async (tx: Tx, id: string, { state, by, at, person }: Decided): Promise<void> => {
  const { joins } = allianceTables(tx);
  await tx
    .update(joins)
    .set({ state, decidedBy: by, decidedAt: at, personId: person ?? null })
    .where(eq(joins.id, id));
};

/** Which companies have confirmed, as the history of the request tells. */
export const listConfirmations = async (
  db: Db,
  { id, alliance }: Pick<Join, 'id' | 'alliance'>,
): Promise<readonly Confirmation[]> => {
  const entries = await listHistory(db, alliance, { feature: 'alliances', id });
  return entries.flatMap(({ verb, person, detail }) =>
    verb === 'confirmed' && person ? [{ partner: detail.partner as PartnerId, person }] : [],
  );
};

/** Who invites: 'Acme Bio (Ana Ruiz)', or the companies that are in once she acts for none of them. */
export const inviterOf = async ({ alliance, madeBy }: Invitation, read: Read): Promise<string> => {
  const own = await findPartnerOf(read.db, alliance, madeBy);
  const name = (await read.directory.names([madeBy])).get(madeBy);
  return own ? `${own.name} (${name})` : namesOf(await listJoined(read.db, alliance));
};

/**
 * The workspace that an invitation comes from, as its platform calls it: what a company calls itself proves nothing.
 * None for companies that whoever runs Entente declared.
 */
export const originOf = async ({ alliance, madeBy }: Invitation, { db }: Read): Promise<string | undefined> => {
  const own = await findPartnerOf(db, alliance, madeBy);
  const { joins } = allianceTables(db);
  const isOwn = and(eq(joins.allianceId, alliance), eq(joins.partnerId, own?.id ?? ''), eq(joins.state, 'confirmed'));
  const [joined] = await db.select({ name: joins.workspaceName }).from(joins).where(isOwn).orderBy(asc(joins.askedAt));
  if (joined) return joined.name;
  const [begun] = await listHistory(db, alliance, { feature: 'alliances', id: alliance });
  const { founder, workspaceName } = begun?.detail ?? {};
  return typeof workspaceName === 'string' && (!own || own.id === founder) ? workspaceName : undefined;
};

/** The company that a request is to join as. */
export const companyAsked = (db: Db, { alliance, partner, invitation }: Join): Promise<string> =>
  companyOf(db, { id: invitation, alliance, partner });

/** Everything that a request's card and the sentences about it need. */
export const getAround = async (join: Join, read: Read, audience: Audience): Promise<Around> => {
  const { db, directory } = read;
  const invitation = await getInvitation(db, join.invitation, audience);
  const confirmations = await listConfirmations(db, join);
  const people = [...confirmations.map(({ person }) => person), invitation?.madeBy, join.decidedBy];
  return {
    alliance: await directory.allianceName(join.alliance),
    company: await companyAsked(db, join),
    joined: await listJoined(db, join.alliance),
    confirmations,
    ...(invitation && { invitedBy: invitation.madeBy }),
    names: await directory.names(people.filter((person) => person !== undefined)),
    zone: await directory.zone(join.alliance),
  };
};
