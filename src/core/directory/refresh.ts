import type { Tx } from '../db/store.js';
import type { Caller, Detail, Spot } from '../platform.js';
import { isAccount, isPlace } from './places.js';
import { directoryTables } from './tables.js';

const adds = (stored: Detail | undefined, seen: Detail | undefined): boolean =>
  stored !== undefined && seen !== undefined && Object.entries(seen).some(([key, value]) => stored[key] !== value);

interface Stored {
  readonly channel?: Detail;
  readonly identity?: Detail;
}

interface Seen {
  readonly spot?: Spot;
  readonly caller?: Caller;
}

/** True when the call tells something newer about how to reach its conversation or caller. */
export const isStale = (stored: Stored, seen: Seen): boolean =>
  adds(stored.channel, seen.spot?.detail) || adds(stored.identity, seen.caller?.detail);

/** Keeps what the platform last said about reaching this conversation and this person, where they are known. */
export const refreshAddresses = async (tx: Tx, stored: Stored, { spot, caller }: Seen): Promise<void> => {
  const { channels, identities } = directoryTables(tx);
  if (spot && adds(stored.channel, spot.detail)) {
    const detail = { ...stored.channel, ...spot.detail };
    await tx.update(channels).set({ detail }).where(isPlace(tx, spot));
  }
  if (caller && adds(stored.identity, caller.detail)) {
    const detail = { ...stored.identity, ...caller.detail };
    await tx.update(identities).set({ detail }).where(isAccount(tx, caller));
  }
};
