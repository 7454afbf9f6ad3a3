/* Where somebody or something is, as the platforms number it: three columns each, compared in one place. */
import { and, eq, type SQL } from 'drizzle-orm';
import type { Db } from '../db/store.js';
import type { Account, Conversation } from '../platform.js';
import { directoryTables } from './tables.js';

/** `identities` of an account. */
export const isAccount = (db: Db, { platform, workspace, user }: Account): SQL | undefined => {
  const { identities } = directoryTables(db);
  return and(eq(identities.platform, platform), eq(identities.workspace, workspace), eq(identities.user, user));
};

type Place = Pick<Conversation, 'platform' | 'workspace' | 'conversation'>;

/** `channels` of a conversation. */
export const isPlace = (db: Db, { platform, workspace, conversation }: Place): SQL | undefined => {
  const { channels } = directoryTables(db);
  return and(
    eq(channels.platform, platform),
    eq(channels.workspace, workspace),
    eq(channels.conversation, conversation),
  );
};

export type Workspace = Pick<Account, 'platform' | 'workspace'>;

/** `workspaces` of a Slack team or Teams tenant. */
export const isWorkspace = (db: Db, { platform, workspace }: Workspace): SQL | undefined => {
  const { workspaces } = directoryTables(db);
  return and(eq(workspaces.platform, platform), eq(workspaces.workspace, workspace));
};
