/* Where Entente is installed. */
import { and, eq, isNull } from 'drizzle-orm';
import { prepared } from './db/prepared.js';
import type { Db, Tx } from './db/store.js';
import type { Workspace } from './directory/places.js';
import type { Instant } from './ids.js';
import { installationTables } from './tables.js';

const selectInstalled = prepared((db, { platform, workspace }: Workspace) => {
  const { installations } = installationTables(db);
  return db
    .select({ at: installations.installedAt })
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
    .set({ removedAt: now, sealed: null, keyId: null, expiresAt: null })
    .where(and(eq(installations.platform, platform), eq(installations.workspace, workspace)));
};
