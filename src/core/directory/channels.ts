/* Conversations bound to committees, and who reads them. */
import { and, asc, desc, eq, isNull, lt, or, sql } from 'drizzle-orm';
import { wantCardsIn } from '../cards.js';
import { prepared } from '../db/prepared.js';
import type { Db, Tx } from '../db/store.js';
import type { AllianceId, ChannelId, CommitteeId, Instant, PartnerId, PlatformId } from '../ids.js';
import type { Conversation, Detail } from '../platform.js';
import { isPlace } from './places.js';
import { directoryTables } from './tables.js';

export interface Channel extends Required<Conversation> {
  readonly id: ChannelId;
  readonly alliance: AllianceId;
  readonly committee: CommitteeId;
  /** Whose workspace it is in. */
  readonly partner: PartnerId;
  /** People from outside of the workspace read it. */
  readonly shared: boolean;
  /** Its company's own lane. With `shared` it is exposed: nothing internal is shown there any more. */
  readonly internal: boolean;
  /** As people call it. */
  readonly name?: string;
  readonly surveyedAt?: Instant;
}

const select = (db: Db) => {
  const { channels, committees } = directoryTables(db);
  return db
    .select({ channel: channels, alliance: committees.allianceId })
    .from(channels)
    .innerJoin(committees, eq(committees.id, channels.committeeId));
};

const toChannel = ({ channel: row, alliance }: Awaited<ReturnType<typeof select>>[number]): Channel => ({
  id: row.id as ChannelId,
  alliance: alliance as AllianceId,
  committee: row.committeeId as CommitteeId,
  partner: row.partnerId as PartnerId,
  platform: row.platform as PlatformId,
  workspace: row.workspace,
  conversation: row.conversation,
  detail: row.detail,
  shared: row.shared,
  internal: row.internal,
  ...(row.name !== null && { name: row.name }),
  ...(row.surveyedAt !== null && { surveyedAt: row.surveyedAt }),
});

type Place = Pick<Conversation, 'platform' | 'workspace' | 'conversation'>;

/** Asked at each call in a channel. */
const selectAt = prepared((db, { platform, workspace, conversation }: Place) =>
  select(db).where(isPlace(db, { platform, workspace, conversation })),
);

export const findChannelAt = async (
  db: Db,
  { platform, workspace, conversation }: Place,
): Promise<Channel | undefined> => {
  const [row] = await selectAt(db, { platform, workspace, conversation });
  return row && toChannel(row);
};

export const findChannel = async (db: Db, id: ChannelId): Promise<Channel | undefined> => {
  const [row] = await select(db).where(eq(directoryTables(db).channels.id, id));
  return row && toChannel(row);
};

/**
 * The same conversation bound from another workspace: in a Slack Connect channel each company's copy of Entente would
 * post its own card. Never told to people who cannot read that conversation anyway.
 */
export const findElsewhere = async (db: Db, { platform, workspace, conversation }: Place): Promise<Channel[]> => {
  const { channels } = directoryTables(db);
  const rows = await select(db).where(and(eq(channels.platform, platform), eq(channels.conversation, conversation)));
  return rows.map(toChannel).filter((channel) => channel.workspace !== workspace);
};

export const listChannelsOf = async (db: Db, committee: CommitteeId): Promise<Channel[]> => {
  const { channels } = directoryTables(db);
  return (await select(db).where(eq(channels.committeeId, committee)).orderBy(asc(channels.id))).map(toChannel);
};

/** Channels of one company's people whose readers were last asked about before `before`, internal lanes first. */
export const listUnsurveyed = async (db: Db, before: Instant, limit: number): Promise<Channel[]> => {
  const { channels } = directoryTables(db);
  const rows = await select(db)
    .where(and(eq(channels.shared, false), or(isNull(channels.surveyedAt), lt(channels.surveyedAt, before))))
    .orderBy(desc(channels.internal), asc(sql`coalesce(${channels.surveyedAt}, 0)`), asc(channels.id))
    .limit(limit);
  return rows.map(toChannel);
};

export type NewChannel = Omit<Channel, 'alliance'>;

/** False when the conversation is bound already: another alliance, which this call holds no lock on, may be faster. */
export const insertChannel = async (tx: Tx, channel: NewChannel): Promise<boolean> => {
  const { id, platform, workspace, conversation, detail, shared, internal } = channel;
  const { channels } = directoryTables(tx);
  const made = await tx
    .insert(channels)
    .values({
      ...{ id, platform, workspace, conversation, detail, shared, internal },
      committeeId: channel.committee,
      partnerId: channel.partner,
      name: channel.name ?? null,
      surveyedAt: channel.surveyedAt ?? null,
    })
    .onConflictDoNothing()
    .returning({ id: channels.id });
  return made.length > 0;
};

/** Ends a binding. Its cards are drawn once more, to say that what stood there is no longer kept. */
export const deleteChannel = async (tx: Tx, channel: ChannelId, now: Instant): Promise<void> => {
  const { channels } = directoryTables(tx);
  await wantCardsIn(tx, channel, now);
  await tx.delete(channels).where(eq(channels.id, channel));
};

export interface Surveyed {
  readonly shared: boolean;
  readonly name?: string;
  readonly detail?: Detail;
}

/** Keeps what was seen of who reads a channel; its cards are drawn anew when that has changed. */
export const saveSurvey = async (tx: Tx, channel: Channel, seen: Surveyed, now: Instant): Promise<void> => {
  const { channels } = directoryTables(tx);
  await tx
    .update(channels)
    .set({ shared: seen.shared, name: seen.name ?? channel.name ?? null, surveyedAt: now })
    .where(eq(channels.id, channel.id));
  if (seen.shared !== channel.shared) await wantCardsIn(tx, channel.id, now);
};
