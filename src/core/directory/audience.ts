import type { Audience } from '../context.js';
import type { Db } from '../db/store.js';
import type { AllianceId, PartnerId } from '../ids.js';
import { listPartners } from './reads.js';

/** The only place where an audience comes to be. */
const mintAudience = (alliance: AllianceId, partners: readonly PartnerId[], own?: PartnerId): Audience =>
  ({ alliance, partners, own }) as unknown as Audience;

/** One company's people: a channel in its own workspace, or a direct message. */
export const ownAudience = (alliance: AllianceId, partner: PartnerId): Audience =>
  mintAudience(alliance, [partner], partner);

/** Everybody: a channel that people of all partners can read. */
export const sharedAudience = async (db: Db, alliance: AllianceId): Promise<Audience> =>
  mintAudience(
    alliance,
    (await listPartners(db, alliance)).map((partner) => partner.id),
  );
