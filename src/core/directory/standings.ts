/* Who somebody is in the alliances that they take part in, and which of them is meant. */
import { and, asc, eq } from 'drizzle-orm';
import { prepared } from '../db/prepared.js';
import type { Db } from '../db/store.js';
import { Refusal } from '../errors.js';
import type { Account, Call, PressCall } from '../platform.js';
import { cardTables } from '../tables.js';
import { isAccount, isWorkspace, type Workspace } from './places.js';
import { directoryTables } from './tables.js';

/** A row for each partner that somebody belongs to; `home` is null where they call from another company's workspace. */
const selectStandings = prepared((db, { platform, workspace, user }: Account) => {
  const { workspaces, partners, alliances, identities, people, members } = directoryTables(db);
  return db
    .select({
      partner: { id: partners.id, name: partners.name },
      alliance: { id: alliances.id, name: alliances.name, zone: alliances.timeZone },
      person: { id: people.id, name: people.name, zone: people.timeZone, locale: people.locale },
      professional: members.professional,
      detail: identities.detail,
      preferred: identities.allianceId,
      home: workspaces.partnerId,
    })
    .from(identities)
    .innerJoin(people, eq(people.id, identities.personId))
    .innerJoin(members, eq(members.personId, people.id))
    .innerJoin(partners, eq(partners.id, members.partnerId))
    .innerJoin(alliances, eq(alliances.id, partners.allianceId))
    .leftJoin(
      workspaces,
      and(
        eq(workspaces.partnerId, partners.id),
        eq(workspaces.platform, identities.platform),
        eq(workspaces.workspace, identities.workspace),
      ),
    )
    .where(isAccount(db, { platform, workspace, user }))
    .orderBy(asc(alliances.name), asc(partners.id));
});

export type Standing = Awaited<ReturnType<typeof selectStandings>>[number];

/** The partners whose people sign in at a workspace. */
export const selectWorkspace = prepared((db, { platform, workspace }: Workspace) => {
  const { workspaces, partners } = directoryTables(db);
  return db
    .select({ partner: workspaces.partnerId, name: partners.name, alliance: partners.allianceId })
    .from(workspaces)
    .innerJoin(partners, eq(partners.id, workspaces.partnerId))
    .where(isWorkspace(db, { platform, workspace }));
});

/** The alliance of the card that was pressed. */
const allianceOfCard = async (db: Db, { subject }: Pick<PressCall, 'subject'>): Promise<string | undefined> => {
  if (!subject) return undefined;
  const { cards } = cardTables(db);
  const [row] = await db
    .select({ alliance: cards.allianceId })
    .from(cards)
    .where(and(eq(cards.feature, subject.feature), eq(cards.subjectId, subject.id)))
    .limit(1);
  return row?.alliance;
};

/**
 * Who somebody is in each alliance. An account in a company's workspace speaks for that company first of all; where
 * they are a guest, only about alliances that the workspace takes part in, since its company can read along.
 */
export const listStandings = async (db: Db, { platform, workspace, user }: Account): Promise<readonly Standing[]> => {
  const all = await selectStandings(db, { platform, workspace, user });
  const asGuest = all.some((one) => one.home === null);
  if (!asGuest) return all;
  const here = await selectWorkspace(db, { platform, workspace });
  const told = all.filter((one) => one.home !== null || here.some((row) => row.alliance === one.alliance.id));
  return told.filter(
    (one) => one.home !== null || !told.some((other) => other.home !== null && other.alliance.id === one.alliance.id),
  );
};

/** What buttons and forms carry where a person takes part in several alliances. */
export const ALLIANCE_STAMP = 'alliance';

const notTheirs = () =>
  new Refusal(
    'other-alliance',
    'This is about an alliance that you do not take part in any more, or about another one than this channel is. Nothing was saved; say it again where it belongs.',
  );

/**
 * Which of several alliances a call is about, where the place does not say. What was begun about one is never done in
 * another. @throws Refusal
 */
export const choose = async (
  db: Db,
  call: Call | PressCall,
  standings: readonly Standing[],
): Promise<Standing | undefined> => {
  const pressed = 'interaction' in call ? call : undefined;
  const stamp = pressed?.values[ALLIANCE_STAMP];
  const told = standings.find((one) => one.alliance.id === stamp);
  if (stamp !== undefined && !told) throw notTheirs();
  const [only, ...others] = standings;
  if (told || others.length === 0) return told ?? only;
  const meant = pressed && (await allianceOfCard(db, pressed));
  const shown = standings.find((one) => one.alliance.id === meant);
  return shown ?? standings.find((one) => one.alliance.id === one.preferred);
};
