/* An installation's tokens on their way into its row and out of it. */
import type { Workspace } from './directory/places.js';
import type { Vault } from './vault.js';

/** Names and values that only the platform's folder understands. */
export type Tokens = Readonly<Record<string, string>>;

interface Box {
  readonly sealed: string | null;
  readonly keyId: string | null;
}

/** A box opens for the row that it was sealed for, and for no other. */
const aboutOf = ({ platform, workspace }: Workspace): string => `${platform}/${workspace}`;

export const sealTokens = (vault: Vault, workspace: Workspace, tokens: Tokens | undefined): Box => {
  if (!tokens) return { sealed: null, keyId: null };
  const { box, keyId } = vault.seal(JSON.stringify(tokens), aboutOf(workspace));
  return { sealed: box, keyId };
};

/** @throws VaultError when they do not open */
export const openTokens = (vault: Vault, workspace: Workspace, { sealed, keyId }: Box): Tokens | undefined =>
  sealed === null || keyId === null
    ? undefined
    : (JSON.parse(vault.open({ keyId, box: sealed }, aboutOf(workspace))) as Tokens);
