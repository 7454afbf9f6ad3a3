import { and, eq, inArray, sql } from 'drizzle-orm';
import { unparkCards } from './cards.js';
import { isAccount, isPlace } from './directory/places.js';
import { refreshAddresses } from './directory/refresh.js';
import { directoryTables } from './directory/tables.js';
import { type SurveyParts, surveyPlace } from './exposure.js';
import { noteInstalled, noteRemoved } from './installations.js';
import type { Notification } from './platform.js';
import { cardTables } from './tables.js';

type Parts = SurveyParts;

/** Cards parked because the app could not post there get another chance once it has been (re)installed. */
const retryParked = (parts: Parts, event: Notification): Promise<void> =>
  parts.store.write(async (tx) => {
    const { lanes, cards } = cardTables(tx);
    const now = parts.now();
    // A person's lane is named by the person: the chat's own id is only how they are reached.
    const ends = [event.spot?.conversation, event.caller?.user].filter((end) => end !== undefined);
    const stirred = await tx
      .update(lanes)
      .set({ version: sql`${lanes.version} + 1`, dueAt: now, attempts: 0 })
      .where(
        and(
          eq(lanes.platform, event.platform),
          eq(lanes.workspace, event.workspace),
          ends.length > 0 ? inArray(lanes.conversation, ends) : undefined,
        ),
      )
      .returning({ id: lanes.id });
    for (const lane of stirred) await unparkCards(tx, eq(cards.laneId, lane.id), now);
    tx.afterCommit(parts.nudge);
  });

/** Keeps how to reach a conversation or a person that Entente has just met. */
const keepAddresses = (parts: Parts, event: Notification): Promise<void> =>
  parts.store.write(async (tx) => {
    const { channels, identities } = directoryTables(tx);
    const { spot, caller } = event;
    const [channel] = spot ? await tx.select({ detail: channels.detail }).from(channels).where(isPlace(tx, spot)) : [];
    const [identity] = caller
      ? await tx.select({ detail: identities.detail }).from(identities).where(isAccount(tx, caller))
      : [];
    await refreshAddresses(tx, { channel: channel?.detail, identity: identity?.detail }, { spot, caller });
  });

export const observeNotification = async (parts: Parts, event: Notification): Promise<void> => {
  parts.log.info({ platform: event.platform, workspace: event.workspace, kind: event.kind }, 'notified');
  await keepAddresses(parts, event);
  if (event.kind === 'installed') {
    await parts.store.write((tx) => noteInstalled(tx, event, parts.now()));
    await retryParked(parts, event);
  }
  // Taken out of one conversation, it is still installed in the workspace.
  if (event.kind === 'removed' && !event.spot) await parts.store.write((tx) => noteRemoved(tx, event, parts.now()));
  if (event.kind === 'readers' && event.spot) await surveyPlace(parts, event.spot, event.outsiders);
};
