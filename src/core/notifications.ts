import { and, eq, inArray, sql } from 'drizzle-orm';
import { unparkCards } from './cards.js';
import type { Store } from './db/store.js';
import { refreshAddresses } from './directory/refresh.js';
import { directoryTables } from './directory/tables.js';
import type { Instant } from './ids.js';
import type { Log } from './log.js';
import type { Notification } from './platform.js';
import { cardTables } from './tables.js';

interface Parts {
  readonly store: Store;
  readonly now: () => Instant;
  readonly log: Log;
  readonly nudge: () => void;
}

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
    const [channel] = spot
      ? await tx
          .select({ detail: channels.detail })
          .from(channels)
          .where(
            and(
              eq(channels.platform, spot.platform),
              eq(channels.workspace, spot.workspace),
              eq(channels.conversation, spot.conversation),
            ),
          )
      : [];
    const [identity] = caller
      ? await tx
          .select({ detail: identities.detail })
          .from(identities)
          .where(
            and(
              eq(identities.platform, caller.platform),
              eq(identities.workspace, caller.workspace),
              eq(identities.user, caller.user),
            ),
          )
      : [];
    await refreshAddresses(tx, { channel: channel?.detail, identity: identity?.detail }, { spot, caller });
  });

export const observeNotification = async (parts: Parts, event: Notification): Promise<void> => {
  parts.log.info({ platform: event.platform, workspace: event.workspace, kind: event.kind }, 'notified');
  await keepAddresses(parts, event);
  if (event.kind === 'installed') await retryParked(parts, event);
};
