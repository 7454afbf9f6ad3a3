/*
 * A refresh token works once, so exactly one replica renews an installation's tokens at a time: a lease in the row says
 * who, and the row's version whether somebody else was faster.
 */
import { and, eq, isNotNull, isNull, lt, ne, or, sql } from 'drizzle-orm';
import type { Tx } from './db/store.js';
import type { PlatformId } from './ids.js';
import type { Granted, Installation, InstallationParts } from './installations.js';
import { sealTokens, type Tokens } from './sealing.js';
import { installationTables } from './tables.js';
import { VaultError } from './vault.js';

/** Asks the platform for new tokens; outside of any transaction. */
export type Renewer = (tokens: Tokens) => Promise<Renewed>;

type Renewed = Required<Pick<Granted, 'tokens' | 'expiresAt'>>;

/** Milliseconds. */
export interface RenewalPatience {
  /** How long whoever renews keeps the others from it; longer than the platform takes to answer. */
  readonly leaseMs: number;
  /** Nobody asks the platform again for as long after a failure. */
  readonly restMs: number;
  /** How long those whose tokens have expired wait for whoever renews, and how often they look. */
  readonly waitMs: number;
  readonly lookMs: number;
}

const usualRenewalPatience: RenewalPatience = { leaseMs: 20_000, restMs: 5_000, waitMs: 2_000, lookMs: 100 };

type Find = (seen: Pick<Installation, 'platform' | 'workspace'>) => Promise<Installation | undefined>;

/** The row as it was seen: nobody has renewed, replaced or removed it since. */
const unchanged = (tx: Tx, { platform, workspace, version }: Installation) => {
  const { installations: row } = installationTables(tx);
  return and(eq(row.platform, platform), eq(row.workspace, workspace), eq(row.version, version), isNull(row.removedAt));
};

const claim = ({ store }: InstallationParts, seen: Installation, leaseMs: number): Promise<boolean> =>
  store.write(async (tx) => {
    const { installations } = installationTables(tx);
    const free = or(isNull(installations.leaseUntil), lt(installations.leaseUntil, store.now));
    const won = await tx
      .update(installations)
      .set({ leaseUntil: sql`${store.now} + ${leaseMs}` })
      .where(and(unchanged(tx, seen), free))
      .returning({ version: installations.version });
    return won.length > 0;
  });

const keep = ({ store, vault }: InstallationParts, seen: Installation, renewed: Renewed): Promise<void> =>
  store.write(async (tx) => {
    const box = sealTokens(vault, seen, renewed.tokens);
    await tx
      .update(installationTables(tx).installations)
      .set({ ...box, expiresAt: renewed.expiresAt, version: seen.version + 1, leaseUntil: null })
      .where(unchanged(tx, seen));
  });

const rest = ({ store }: InstallationParts, seen: Installation, restMs: number): Promise<void> =>
  store.write(async (tx) => {
    await tx
      .update(installationTables(tx).installations)
      .set({ leaseUntil: sql`${store.now} + ${restMs}` })
      .where(unchanged(tx, seen));
  });

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** What whoever renews has left, once they have. */
const awaitWinner = async (find: Find, seen: Installation, { waitMs, lookMs }: RenewalPatience) => {
  for (let waited = 0; waited < waitMs; waited += lookMs) {
    await pause(lookMs);
    const found = await find(seen);
    if (found?.version !== seen.version) return found;
  }
  return undefined;
};

/** See Installations. */
export const renewTokens = async (
  parts: InstallationParts,
  find: Find,
  seen: Installation,
  renewer: Renewer,
): Promise<Installation | undefined> => {
  const { patience = usualRenewalPatience, now } = parts;
  const works = (): boolean => seen.expiresAt === undefined || seen.expiresAt > now();
  if (!seen.tokens) return undefined;
  if (!(await claim(parts, seen, patience.leaseMs))) return works() ? seen : awaitWinner(find, seen, patience);
  try {
    await keep(parts, seen, await renewer(seen.tokens));
  } catch (error) {
    await rest(parts, seen, patience.restMs);
    if (works()) return seen;
    throw error;
  }
  return find(seen);
};

/** What became of the tokens that older keys had sealed. */
export interface Resealed {
  readonly resealed: number;
  /** Those that do not open: they stay as they are. */
  readonly broken: number;
}

const opened = async (find: Find, row: Pick<Installation, 'platform' | 'workspace'>) => {
  try {
    return await find(row);
  } catch (error) {
    if (!(error instanceof VaultError)) throw error;
    return 'broken';
  }
};

/** See Installations. The version stays: the tokens are the same, and whoever is renewing them may go on. */
export const resealTokens = async ({ store, vault }: InstallationParts, find: Find): Promise<Resealed> => {
  const { installations } = installationTables(store.read);
  const older = await store.read
    .select({ platform: installations.platform, workspace: installations.workspace })
    .from(installations)
    .where(and(isNotNull(installations.sealed), ne(installations.keyId, vault.keyId)));
  let [resealed, broken] = [0, 0];
  for (const { platform, workspace } of older) {
    const found = await opened(find, { platform: platform as PlatformId, workspace });
    if (found === 'broken') broken += 1;
    if (found === 'broken' || !found?.tokens) continue;
    const box = sealTokens(vault, found, found.tokens);
    const moved = await store.write((tx) =>
      tx
        .update(installationTables(tx).installations)
        .set(box)
        .where(unchanged(tx, found))
        .returning({ version: installations.version }),
    );
    resealed += moved.length;
  }
  return { resealed, broken };
};
