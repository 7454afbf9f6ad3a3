import type { Config } from './config.js';
import { openStore } from './core/db/open.js';
import { createInstallations } from './core/installations.js';
import { createVault } from './core/vault.js';

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
    const vault = createVault(secret, oldSecrets);
    const { resealed, broken } = await createInstallations({ store, vault, now }).resealAll();
    const moved = `The tokens of ${count(resealed)} are sealed with the present ENTENTE_SECRET now.`;
    if (broken > 0)
      throw new Error(
        `${resealed > 0 ? `${moved} ` : ''}Those of ${count(broken)} do not open. Put the secret of before into ENTENTE_OLD_SECRETS and say this again, or install Entente there again.`,
      );
    return resealed > 0 ? moved : 'Everything is sealed with the present ENTENTE_SECRET already.';
  } finally {
    await store.close();
  }
};
