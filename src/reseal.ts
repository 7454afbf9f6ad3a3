import type { Config } from './config.js';
import { openStore } from './core/db/open.js';
import { createInstallations } from './core/installations.js';
import { createVault, VaultError } from './core/vault.js';

const count = (tokens: number): string => (tokens === 1 ? 'one installation' : `${tokens} installations`);

/**
 * Moves everything that is sealed to the present secret. Migrates the database like a start does, and on SQLite needs
 * Entente to be stopped.
 * @throws Error that says what to do
 */
export const reseal = async (config: Config, now: () => number): Promise<string> => {
  const { secret, oldSecrets = [] } = config;
  if (secret === undefined) throw new Error('ENTENTE_SECRET is not set: it is the secret to seal with. Set it.');
  const store = await openStore(config.databaseUrl);
  try {
    const moved = await createInstallations({ store, vault: createVault(secret, oldSecrets), now }).resealAll();
    if (moved === 0) return 'Everything is sealed with the present ENTENTE_SECRET already.';
    return `The tokens of ${count(moved)} are sealed with the present ENTENTE_SECRET now.`;
  } catch (error) {
    if (!(error instanceof VaultError)) throw error;
    throw new Error(
      'Some stored tokens do not open. Put the secret of before into ENTENTE_OLD_SECRETS; npm run entente -- doctor says which.',
    );
  } finally {
    await store.close();
  }
};
