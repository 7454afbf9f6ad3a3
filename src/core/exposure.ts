/*
 * Who reads a channel is asked when it is bound, told by the platforms' events, and asked again every hour. A company's
 * own lane that others can read by now gets nothing internal any more, from that moment on.
 */
import { asc, eq } from 'drizzle-orm';
import { postAnew, tellPerson, wantCards } from './cards.js';
import type { Store, Tx } from './db/store.js';
import { type Channel, findChannelAt, listUnsurveyed, type Surveyed, saveSurvey } from './directory/channels.js';
import { directoryOf } from './directory/reads.js';
import { directoryTables } from './directory/tables.js';
import { DeliveryError } from './errors.js';
import type { Feature } from './feature.js';
import type { Instant, PlatformId } from './ids.js';
import type { Log } from './log.js';
import type { Conversation, Platform, Readers } from './platform.js';
import { ownerIn } from './visibility.js';

export interface SurveyParts {
  readonly store: Store;
  readonly platforms: ReadonlyMap<PlatformId, Pick<Platform, 'readers'>>;
  readonly now: () => Instant;
  readonly newId: () => string;
  readonly log: Log;
  readonly nudge: () => void;
}

/** Subjects of this name are lanes that were opened to others; their id is the channel's. */
export const EXPOSED = 'exposure';

const MINUTE_MS = 60 * 1_000;
const SURVEY_MS = 60 * MINUTE_MS;
/** What a minute holds even when each answer takes two seconds. */
const AT_ONCE = 20;

/** Keeps what was seen, and tells the company's alliance professionals when its own lane is no longer its own, or is again. */
export const noteReaders = async (
  tx: Tx,
  parts: Pick<SurveyParts, 'now' | 'newId'>,
  channel: Channel,
  seen: Surveyed,
): Promise<void> => {
  const now = parts.now();
  await saveSurvey(tx, channel, seen, now);
  if (seen.shared === channel.shared || !channel.internal) return;
  const subject = { feature: EXPOSED, id: channel.id };
  if (!seen.shared) return wantCards(tx, subject, now);
  // A second time is news too: an old message that changes would be seen by nobody.
  await postAnew(tx, subject, now);
  const wish = { alliance: channel.alliance, subject, now, newId: parts.newId };
  for (const { id } of await directoryOf(tx, now).professionals(channel.partner)) await tellPerson(tx, wish, id);
};

/** Who reads a conversation; nothing when the platform does not tell. */
export const readersOf = async (
  parts: Pick<SurveyParts, 'platforms' | 'log'>,
  place: Conversation,
): Promise<Readers | undefined> => {
  try {
    return await parts.platforms.get(place.platform)?.readers(place);
  } catch (error) {
    if (!(error instanceof DeliveryError)) throw error;
    parts.log.warn({ workspace: place.workspace, reason: error.reason }, 'readers not known');
    return undefined;
  }
};

const seenBy = async (parts: SurveyParts, channel: Channel): Promise<Surveyed | undefined> => {
  const readers = await readersOf(parts, channel);
  return readers && { shared: readers.outsiders, ...(readers.name !== undefined && { name: readers.name }) };
};

/** Keeps what was seen; when nothing was, the channel is asked about again in `againMs`. */
const keep = (parts: SurveyParts, found: Channel, seen: Surveyed | undefined, againMs: number): Promise<void> =>
  parts.store.write(
    async (tx) => {
      const channel = await findChannelAt(tx, found);
      if (!channel) return;
      if (seen) await noteReaders(tx, parts, channel, seen);
      else await saveSurvey(tx, channel, { shared: channel.shared }, parts.now() - SURVEY_MS + againMs);
      tx.afterCommit(parts.nudge);
    },
    { scope: found.alliance },
  );

/** After an event: `outsiders` when it showed by itself that others read there; else the platform is asked. */
export const surveyPlace = async (parts: SurveyParts, place: Conversation, outsiders?: true): Promise<void> => {
  const channel = await findChannelAt(parts.store.read, place);
  if (!channel) return;
  const seen = outsiders ? { shared: true } : await seenBy(parts, channel);
  await keep(parts, channel, seen, MINUTE_MS);
};

/** The hourly look; a few at a time, so that no platform's limit is reached by it. */
export const surveyDue = async (parts: SurveyParts): Promise<void> => {
  for (const channel of await listUnsurveyed(parts.store.read, parts.now() - SURVEY_MS, AT_ONCE)) {
    // Also after a failure, or one channel that cannot be asked about would keep the others waiting.
    await keep(parts, channel, await seenBy(parts, channel), 5 * MINUTE_MS);
  }
};

/** The core's own card: a lane of a company that others can read, told to its alliance professionals. */
export const exposedChannels: Feature = {
  name: EXPOSED,
  async present(id, read, audience) {
    const { channels, committees } = directoryTables(read.db);
    const [row] = await read.db
      .select({ channel: channels, committee: committees })
      .from(channels)
      .innerJoin(committees, eq(committees.id, channels.committeeId))
      .where(eq(channels.id, id))
      .orderBy(asc(channels.id));
    if (!row || row.committee.allianceId !== audience.alliance) return undefined;
    if (ownerIn(audience) !== row.channel.partnerId || !row.channel.internal) return undefined;
    const name = row.channel.name ?? row.channel.conversation;
    const { key } = row.committee;
    return {
      kind: 'notice',
      title: 'A lane of your company is open to others',
      text: row.channel.shared
        ? `People from outside of your company can read ${name}, your internal lane for the ${key}. Entente has stopped showing internal things there. Bind another channel with 'entente bind ${key} internal', and end this one with 'entente unbind' said in it.`
        : `${name}, your internal lane for the ${key}, is your company's own again.`,
    };
  },
};
