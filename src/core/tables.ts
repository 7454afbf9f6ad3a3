import { sql } from 'drizzle-orm';
import { defineCalendars } from './calendar/tables.js';
import { defineDaily } from './daily/tables.js';
import { declareTables, type Kit } from './db/kit.js';
import { defineDirectory } from './directory/tables.js';
import type { Detail, MessageRef } from './platform.js';
import { defineSkipped, defineWakes } from './wake-tables.js';

/** Numbers people read: one row per alliance and series, raised in the transaction that uses the number. */
const defineCounters = (kit: Kit) => ({
  counters: kit.table(
    'counters',
    {
      allianceId: kit.text('alliance_id').notNull(),
      series: kit.text('series').notNull(),
      value: kit.integer('value').notNull(),
    },
    (t) => [kit.primaryKey({ columns: [t.allianceId, t.series] })],
  ),
});

/** Append-only: each entry's hash covers the one before it. */
const defineHistory = (kit: Kit) => ({
  history: kit.table(
    'history',
    {
      allianceId: kit.text('alliance_id').notNull(),
      seq: kit.integer('seq').notNull(),
      at: kit.instant('at').notNull(),
      personId: kit.text('person_id'),
      feature: kit.text('feature').notNull(),
      subjectId: kit.text('subject_id').notNull(),
      verb: kit.text('verb').notNull(),
      detail: kit.json<Record<string, unknown>>('detail').notNull(),
      hash: kit.text('hash').notNull(),
    },
    (t) => [
      kit.primaryKey({ columns: [t.allianceId, t.seq] }),
      kit.index('history_subject').on(t.feature, t.subjectId, t.seq),
      kit.index('history_at').on(t.allianceId, t.at),
    ],
  ),
});

/** The one list of what was recorded, over all features: what the log shows and searches. */
const defineEntries = (kit: Kit) => ({
  entries: kit.table(
    'entries',
    {
      /** Only the search knows rows by it. */
      id: kit.serial('id'),
      feature: kit.text('feature').notNull(),
      subjectId: kit.text('subject_id').notNull(),
      allianceId: kit.text('alliance_id').notNull(),
      visibility: kit.text('visibility').notNull(),
      committeeId: kit.text('committee_id'),
      label: kit.text('label').notNull(),
      title: kit.text('title').notNull(),
      /** Label, title and everything else that is searched, as `searchWords` gives them. */
      words: kit.text('words').notNull(),
      status: kit.text('status').notNull(),
      live: kit.flag('live').notNull(),
      ownerId: kit.text('owner_id'),
      dueOn: kit.text('due_on'),
      link: kit.text('link'),
      linkFor: kit.text('link_for'),
      at: kit.instant('at').notNull(),
      changedAt: kit.instant('changed_at').notNull(),
    },
    (t) => [
      kit.uniqueIndex('entries_subject').on(t.feature, t.subjectId),
      kit.uniqueIndex('entries_label').on(t.allianceId, t.visibility, t.label),
      kit.index('entries_recent').on(t.allianceId, t.id),
      kit.index('entries_at').on(t.allianceId, t.at, t.id),
      kit.index('entries_committee').on(t.committeeId, t.id),
      kit.index('entries_owner').on(t.ownerId, t.id),
      kit.index('entries_due').on(t.allianceId, t.dueOn).where(sql`live and due_on is not null`),
      kit.index('entries_link').on(t.allianceId, t.linkFor, t.link),
    ],
  ),
});

/** One row per answered call, so that a redelivery is answered and not redone. */
const defineReceipts = (kit: Kit) => ({
  receipts: kit.table(
    'receipts',
    {
      id: kit.text('id').primaryKey(),
      answer: kit.json<unknown>('answer').notNull(),
      at: kit.instant('at').notNull(),
    },
    (t) => [kit.index('receipts_at').on(t.at)],
  ),
});

/**
 * Cards are wishes: `wanted > shown` means that somebody's picture is behind. Lanes are the conversations they stand in;
 * a lane is leased as a whole, so order holds within it and one slow channel delays no other.
 */
const defineCards = (kit: Kit) => ({
  lanes: kit.table(
    'lanes',
    {
      id: kit.text('id').primaryKey(),
      platform: kit.text('platform').notNull(),
      workspace: kit.text('workspace').notNull(),
      kind: kit.text('kind').notNull(),
      conversation: kit.text('conversation').notNull(),
      /** Raised by every wish: a worker that saw a lower one must look again before it rests. */
      version: kit.integer('version').notNull(),
      /** Null: nothing to do. */
      dueAt: kit.instant('due_at'),
      /** By the database's clock. */
      leaseUntil: kit.instant('lease_until'),
      leaseToken: kit.text('lease_token'),
      attempts: kit.integer('attempts').notNull(),
    },
    (t) => [kit.index('lanes_due').on(t.dueAt)],
  ),
  cards: kit.table(
    'cards',
    {
      id: kit.text('id').primaryKey(),
      laneId: kit.text('lane_id').notNull(),
      /** Place in the lane. */
      seq: kit.integer('seq').notNull(),
      allianceId: kit.text('alliance_id').notNull(),
      /** The side that reads it; null where all do. */
      partnerId: kit.text('partner_id'),
      feature: kit.text('feature').notNull(),
      subjectId: kit.text('subject_id').notNull(),
      channelId: kit.text('channel_id'),
      personId: kit.text('person_id'),
      wanted: kit.integer('wanted').notNull(),
      shown: kit.integer('shown').notNull(),
      /** When the oldest unmet wish was made. */
      wantedAt: kit.instant('wanted_at').notNull(),
      ref: kit.json<MessageRef>('ref'),
      failingSince: kit.instant('failing_since'),
      parkedReason: kit.text('parked_reason'),
      parkedAdvice: kit.text('parked_advice'),
    },
    (t) => [
      kit.uniqueIndex('cards_once').on(t.feature, t.subjectId, t.laneId),
      kit.index('cards_behind').on(t.laneId, t.seq).where(sql`wanted > shown`),
    ],
  ),
});

/** What a record was made from: a decision from an item of an agenda. */
const defineOrigins = (kit: Kit) => ({
  origins: kit.table(
    'origins',
    {
      feature: kit.text('feature').notNull(),
      subjectId: kit.text('subject_id').notNull(),
      fromFeature: kit.text('from_feature').notNull(),
      fromId: kit.text('from_id').notNull(),
      /** What that was called then, where all companies read it: 'M-9 item 2'. */
      label: kit.text('label'),
      at: kit.instant('at').notNull(),
    },
    (t) => [
      kit.primaryKey({ columns: [t.feature, t.subjectId] }),
      kit.index('origins_from').on(t.fromFeature, t.fromId),
    ],
  ),
});

/** Where Entente is installed, whether or not that workspace takes part in anything. */
const defineInstallations = (kit: Kit) => ({
  installations: kit.table(
    'installations',
    {
      platform: kit.text('platform').notNull(),
      /** A Slack team or enterprise, a Teams tenant. */
      workspace: kit.text('workspace').notNull(),
      name: kit.text('name'),
      /** What the platform needs to know again; nothing secret. */
      detail: kit.json<Detail>('detail').notNull(),
      /** Tokens, sealed with the key `keyId`; none where the platform needs none, or after a removal. */
      sealed: kit.text('sealed'),
      keyId: kit.text('key_id'),
      /** When the sealed tokens stop working. */
      expiresAt: kit.instant('expires_at'),
      installedAt: kit.instant('installed_at').notNull(),
      removedAt: kit.instant('removed_at'),
      /** Raised by each change of the tokens: who renews them sees that another replica was faster. */
      version: kit.integer('version').notNull(),
      /** By the database's clock: while somebody renews the tokens. */
      leaseUntil: kit.instant('lease_until'),
    },
    (t) => [kit.primaryKey({ columns: [t.platform, t.workspace] })],
  ),
});

/** Wrong codes, to be counted. */
const defineAttempts = (kit: Kit) => ({
  attempts: kit.table(
    'join_attempts',
    {
      id: kit.text('id').primaryKey(),
      platform: kit.text('platform').notNull(),
      /** Or one account of a workspace. */
      workspace: kit.text('workspace').notNull(),
      at: kit.instant('at').notNull(),
    },
    (t) => [kit.index('join_attempts_at').on(t.platform, t.workspace, t.at)],
  ),
});

/** Every table of the core; features bring their own. */
export const coreTables: readonly ((kit: Kit) => Record<string, unknown>)[] = [
  defineDirectory,
  defineCounters,
  defineHistory,
  defineEntries,
  defineReceipts,
  defineCards,
  defineWakes,
  defineSkipped,
  defineOrigins,
  defineDaily,
  defineCalendars,
  defineInstallations,
  defineAttempts,
];

export const counterTables = declareTables(defineCounters);
export const historyTables = declareTables(defineHistory);
export const entryTables = declareTables(defineEntries);
export const receiptTables = declareTables(defineReceipts);
export const cardTables = declareTables(defineCards);
export const originTables = declareTables(defineOrigins);
export const installationTables = declareTables(defineInstallations);
export const attemptTables = declareTables(defineAttempts);
