/*
 * Where Entente is installed, and the tokens that each installation brought: sealed, so that a copy of the database is
 * worth nothing without the secret.
 */
import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import { prepared } from './db/prepared.js';
import type { Db, Store, Tx } from './db/store.js';
import type { Workspace } from './directory/places.js';
import type { Instant, PlatformId } from './ids.js';
import type { Detail } from './platform.js';
import { type RenewalPatience, type Renewer, type Resealed, renewTokens, resealTokens } from './renewal.js';
import { openTokens, sealTokens, type Tokens } from './sealing.js';
import { installationTables } from './tables.js';
import type { Vault } from './vault.js';

/** What an installation brings. */
export interface Granted {
  readonly name?: string;
  /** What the platform needs to know again; nothing secret. */
  readonly detail: Detail;
  /** None where the platform needs none, or another installation has them. */
  readonly tokens?: Tokens;
  /** When the tokens stop working; none for those that last. */
  readonly expiresAt?: Instant;
}

export interface Installation extends Workspace, Granted {
  readonly installedAt: Instant;
  /** Raised by each change of the tokens. */
  readonly version: number;
}

/** An installation without its tokens. */
export interface Listed extends Workspace {
  readonly name?: string;
  readonly detail: Detail;
  readonly installedAt: Instant;
  readonly expiresAt?: Instant;
  readonly removed: boolean;
}

export interface Installations {
  /** Nothing where it was never installed, or was removed. @throws VaultError when its tokens do not open */
  find(workspace: Workspace): Promise<Installation | undefined>;
  /** All of a platform, those removed too. */
  list(platform: PlatformId): Promise<readonly Listed[]>;
  /** A first installation, or one again: what it brings replaces everything of before. */
  save(workspace: Workspace, granted: Granted): Promise<void>;
  /** Its tokens are forgotten. */
  remove(workspace: Workspace): Promise<void>;
  /**
   * New tokens for an installation whose own are about to expire. Exactly one replica asks the platform; the others go
   * on with what still works, or wait a moment for it.
   * @returns nothing when it was removed meanwhile, or is still being renewed after that moment: look again later
   * @throws what the renewer throws, once the tokens of before do not work any more either
   */
  renew(seen: Installation, renewer: Renewer): Promise<Installation | undefined>;
  /** Seals with the present key what older ones have sealed; what does not open stays as it is. */
  resealAll(): Promise<Resealed>;
}

export interface InstallationParts {
  readonly store: Store;
  readonly vault: Vault;
  readonly now: () => Instant;
  readonly patience?: RenewalPatience;
}

const selectInstalled = prepared((db, { platform, workspace }: Workspace) => {
  const { installations } = installationTables(db);
  return db
    .select()
    .from(installations)
    .where(
      and(
        eq(installations.platform, platform),
        eq(installations.workspace, workspace),
        isNull(installations.removedAt),
      ),
    );
});

/** True while Entente is installed in the workspace, as far as it was told. */
export const isInstalled = async (db: Db, { platform, workspace }: Workspace): Promise<boolean> =>
  (await selectInstalled(db, { platform, workspace })).length > 0;

/** Notes an installation that brings no tokens. */
export const noteInstalled = async (tx: Tx, { platform, workspace }: Workspace, now: Instant): Promise<void> => {
  const { installations } = installationTables(tx);
  await tx
    .insert(installations)
    .values({ platform, workspace, detail: {}, installedAt: now, version: 1 })
    .onConflictDoUpdate({ target: [installations.platform, installations.workspace], set: { removedAt: null } });
};

/** Notes that Entente was removed from the workspace; its tokens are forgotten. */
export const noteRemoved = async (tx: Tx, { platform, workspace }: Workspace, now: Instant): Promise<void> => {
  const { installations } = installationTables(tx);
  await tx
    .update(installations)
    .set({ removedAt: now, sealed: null, keyId: null, expiresAt: null, leaseUntil: null })
    .where(and(eq(installations.platform, platform), eq(installations.workspace, workspace)));
};

const findInstallation = async (
  { store, vault }: InstallationParts,
  { platform, workspace }: Workspace,
): Promise<Installation | undefined> => {
  const [row] = await selectInstalled(store.read, { platform, workspace });
  if (!row) return undefined;
  const { name, detail, expiresAt, installedAt, version } = row;
  const tokens = openTokens(vault, { platform, workspace }, row);
  return {
    ...{ platform, workspace, detail, installedAt, version },
    ...(name !== null && { name }),
    ...(expiresAt !== null && { expiresAt }),
    ...(tokens && { tokens }),
  };
};

const saveInstallation = (
  { store, vault, now }: InstallationParts,
  { platform, workspace }: Workspace,
  { name, detail, tokens, expiresAt }: Granted,
): Promise<void> =>
  store.write(async (tx) => {
    const { installations } = installationTables(tx);
    const row = {
      ...{ name: name ?? null, detail, expiresAt: expiresAt ?? null },
      ...sealTokens(vault, { platform, workspace }, tokens),
      ...{ installedAt: now(), removedAt: null, leaseUntil: null },
    };
    await tx
      .insert(installations)
      .values({ platform, workspace, ...row, version: 1 })
      .onConflictDoUpdate({
        target: [installations.platform, installations.workspace],
        set: { ...row, version: sql`${installations.version} + 1` },
      });
  });

const listInstallations = async ({ store }: InstallationParts, platform: PlatformId): Promise<readonly Listed[]> => {
  const { installations } = installationTables(store.read);
  const rows = await store.read
    .select()
    .from(installations)
    .where(eq(installations.platform, platform))
    .orderBy(asc(installations.workspace));
  return rows.map(({ workspace, name, detail, installedAt, expiresAt, removedAt }) => ({
    ...{ platform, workspace, detail, installedAt, removed: removedAt !== null },
    ...(name !== null && { name }),
    ...(expiresAt !== null && { expiresAt }),
  }));
};

export const createInstallations = (parts: InstallationParts): Installations => {
  const find = (workspace: Workspace) => findInstallation(parts, workspace);
  return {
    find,
    list: (platform) => listInstallations(parts, platform),
    save: (workspace, granted) => saveInstallation(parts, workspace, granted),
    remove: (workspace) => parts.store.write((tx) => noteRemoved(tx, workspace, parts.now())),
    renew: (seen, renewer) => renewTokens(parts, find, seen, renewer),
    resealAll: () => resealTokens(parts, find),
  };
};
