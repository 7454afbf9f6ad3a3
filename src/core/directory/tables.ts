import { declareTables, type Kit } from '../db/kit.js';
import type { Detail } from '../platform.js';

/** Who takes part. A company is a partner of one alliance; a company in two alliances is two partners. */
export const defineDirectory = (kit: Kit) => {
  const alliances = kit.table('alliances', {
    id: kit.text('id').primaryKey(),
    name: kit.text('name').notNull(),
    timeZone: kit.text('time_zone').notNull(),
  });
  const partners = kit.table(
    'partners',
    {
      id: kit.text('id').primaryKey(),
      allianceId: kit.text('alliance_id').notNull(),
      name: kit.text('name').notNull(),
    },
    (t) => [kit.index('partners_alliance').on(t.allianceId)],
  );
  /** A Slack team or Teams tenant, and the partner whose people sign in there. */
  const workspaces = kit.table(
    'workspaces',
    {
      platform: kit.text('platform').notNull(),
      workspace: kit.text('workspace').notNull(),
      partnerId: kit.text('partner_id').notNull(),
    },
    (t) => [kit.primaryKey({ columns: [t.platform, t.workspace, t.partnerId] })],
  );
  const people = kit.table('people', {
    id: kit.text('id').primaryKey(),
    name: kit.text('name').notNull(),
    timeZone: kit.text('time_zone'),
    locale: kit.text('locale'),
    email: kit.text('email'),
    /** Who they turned out to be; their own name stays, for what was done under it. */
    mergedInto: kit.text('merged_into'),
  });
  /** A person's account on a platform. One person may have several. */
  const identities = kit.table(
    'identities',
    {
      platform: kit.text('platform').notNull(),
      workspace: kit.text('workspace').notNull(),
      user: kit.text('user_id').notNull(),
      personId: kit.text('person_id').notNull(),
      detail: kit.json<Detail>('detail').notNull(),
      /** The alliance that this account speaks for where the place does not say, when it takes part in several. */
      allianceId: kit.text('alliance_id'),
    },
    (t) => [
      kit.primaryKey({ columns: [t.platform, t.workspace, t.user] }),
      kit.index('identities_person').on(t.personId),
    ],
  );
  /** A person's belonging to a partner. */
  const members = kit.table(
    'members',
    {
      partnerId: kit.text('partner_id').notNull(),
      personId: kit.text('person_id').notNull(),
      professional: kit.flag('professional').notNull(),
    },
    (t) => [kit.primaryKey({ columns: [t.partnerId, t.personId] }), kit.index('members_person').on(t.personId)],
  );
  const committees = kit.table(
    'committees',
    {
      id: kit.text('id').primaryKey(),
      allianceId: kit.text('alliance_id').notNull(),
      key: kit.text('key').notNull(),
      name: kit.text('name').notNull(),
      parentId: kit.text('parent_id'),
      /** None: one vote of each company. */
      quorum: kit.integer('quorum'),
      closedAt: kit.instant('closed_at'),
    },
    (t) => [kit.uniqueIndex('committees_key').on(t.allianceId, t.key)],
  );
  const seats = kit.table(
    'seats',
    {
      committeeId: kit.text('committee_id').notNull(),
      personId: kit.text('person_id').notNull(),
      partnerId: kit.text('partner_id').notNull(),
      role: kit.text('role').notNull(),
      /** Calendar days of the alliance's zone; none: since before Entente knew, until told. */
      fromOn: kit.text('from_on'),
      untilOn: kit.text('until_on'),
      standsFor: kit.text('stands_for'),
      counterpartId: kit.text('counterpart_id'),
    },
    (t) => [kit.primaryKey({ columns: [t.committeeId, t.personId] }), kit.index('seats_person').on(t.personId)],
  );
  /**
   * A conversation bound to a committee. `shared` when people from outside of the workspace can read it; `internal` when
   * it is its company's own lane. One that is both has been opened to others since: nothing internal is shown there.
   */
  const channels = kit.table(
    'channels',
    {
      id: kit.text('id').primaryKey(),
      platform: kit.text('platform').notNull(),
      workspace: kit.text('workspace').notNull(),
      conversation: kit.text('conversation').notNull(),
      detail: kit.json<Detail>('detail').notNull(),
      committeeId: kit.text('committee_id').notNull(),
      partnerId: kit.text('partner_id').notNull(),
      shared: kit.flag('shared').notNull(),
      internal: kit.flag('internal').notNull().default(false),
      name: kit.text('name'),
      /** When the platform was last asked who reads there. */
      surveyedAt: kit.instant('surveyed_at'),
    },
    (t) => [
      kit.uniqueIndex('channels_place').on(t.platform, t.workspace, t.conversation),
      kit.index('channels_committee').on(t.committeeId),
    ],
  );
  /** Days on which a company does not work, besides weekends. */
  const holidays = kit.table(
    'holidays',
    {
      partnerId: kit.text('partner_id').notNull(),
      on: kit.text('day').notNull(),
      name: kit.text('name').notNull(),
    },
    (t) => [kit.primaryKey({ columns: [t.partnerId, t.on] })],
  );
  /** When somebody is out, first and last day, and who covers for them. */
  const absences = kit.table(
    'absences',
    {
      allianceId: kit.text('alliance_id').notNull(),
      personId: kit.text('person_id').notNull(),
      fromOn: kit.text('from_on').notNull(),
      untilOn: kit.text('until_on').notNull(),
      coverId: kit.text('cover_id'),
    },
    (t) => [
      kit.primaryKey({ columns: [t.allianceId, t.personId, t.fromOn] }),
      kit.index('absences_cover').on(t.coverId),
    ],
  );
  /** Until when somebody wants no daily message; the last day. */
  const mutes = kit.table(
    'mutes',
    {
      allianceId: kit.text('alliance_id').notNull(),
      personId: kit.text('person_id').notNull(),
      untilOn: kit.text('until_on').notNull(),
    },
    (t) => [kit.primaryKey({ columns: [t.allianceId, t.personId] })],
  );
  return {
    ...{ alliances, partners, workspaces, people, identities, members, committees, seats, channels },
    ...{ holidays, absences, mutes },
  };
};

export const directoryTables = declareTables(defineDirectory);
