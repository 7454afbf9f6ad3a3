import { and, asc, eq, exists } from 'drizzle-orm';
import type { Partner, Read } from '../../core/context.js';
import type { Db } from '../../core/db/store.js';
import { listJoined } from '../../core/directory/alliances.js';
import { directoryTables } from '../../core/directory/tables.js';
import type { AllianceId, PartnerId, PersonId } from '../../core/ids.js';
import type { Member } from './rules.js';

/** Everybody of a company in the alliance, by name. */
export const listMembers = async (db: Db, partner: PartnerId): Promise<readonly Member[]> => {
  const { members, people, identities, workspaces } = directoryTables(db);
  const account = db
    .select({ user: identities.user })
    .from(identities)
    .innerJoin(
      workspaces,
      and(eq(workspaces.platform, identities.platform), eq(workspaces.workspace, identities.workspace)),
    )
    .where(and(eq(identities.personId, members.personId), eq(workspaces.partnerId, partner)));
  const of = and(eq(people.id, members.personId), eq(members.partnerId, partner));
  const select = () =>
    db
      .select({ id: people.id, name: people.name, professional: members.professional })
      .from(members)
      .innerJoin(people, of);
  const reached = new Set((await select().where(exists(account))).map(({ id }) => id));
  const all = await select().orderBy(asc(people.name), asc(people.id));
  return all.map((row) => ({ ...row, id: row.id as PersonId, reachable: reached.has(row.id) }));
};

/** Companies that were named when the alliance was set up, and from which nobody has joined. */
export const listAwaited = async ({ db, directory }: Read, alliance: AllianceId): Promise<readonly Partner[]> => {
  const joined = new Set((await listJoined(db, alliance)).map(({ id }) => id));
  return (await directory.partners(alliance)).filter(({ id }) => !joined.has(id));
};
