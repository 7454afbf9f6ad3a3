import type { Config } from '../config.js';
import type { SealedRow } from '../core/db/inspect.js';
import type { PlatformId } from '../core/ids.js';
import { openTokens, type Tokens } from '../core/sealing.js';
import { createVault, VaultError } from '../core/vault.js';
import { attention, broken, type Finding, ok } from './finding.js';

/** Tokens of an installation, as the present secrets open them. */
export interface Opened {
  readonly row: SealedRow;
  readonly tokens: Tokens;
}

export interface Unsealed {
  readonly findings: readonly Finding[];
  readonly opened: readonly Opened[];
}

const WHAT = 'Stored tokens';

const count = (rows: readonly unknown[]): string =>
  `${rows.length} ${rows.length === 1 ? 'installation' : 'installations'}`;

type Outcome = { readonly tokens: Tokens } | { readonly reason: VaultError['reason'] };

/** Opens what the database holds, to see whether Entente could. */
export const examineVault = ({ secret, oldSecrets = [] }: Config, rows: readonly SealedRow[]): Unsealed => {
  if (rows.length === 0) return { findings: [ok(WHAT, 'there are none')], opened: [] };
  if (secret === undefined)
    return {
      findings: [
        broken(WHAT, `${count(rows)} cannot be opened without ENTENTE_SECRET. Set the one they were made with.`),
      ],
      opened: [],
    };
  const vault = createVault(secret, oldSecrets);
  const attempt = (row: SealedRow): Outcome => {
    try {
      const where = { platform: row.platform as PlatformId, workspace: row.workspace };
      return { tokens: openTokens(vault, where, row) ?? {} };
    } catch (error) {
      if (error instanceof VaultError) return { reason: error.reason };
      return { reason: 'broken' };
    }
  };
  const tried = rows.map((row) => ({ row, ...attempt(row) }));
  const opened = tried.flatMap((one) => ('tokens' in one ? [{ row: one.row, tokens: one.tokens }] : []));
  const failed = (reason: VaultError['reason']) => tried.filter((one) => 'reason' in one && one.reason === reason);
  const unknown = failed('unknown-key');
  const damaged = failed('broken');
  const older = opened.filter(({ row }) => row.keyId !== vault.keyId);
  const findings = [
    ...(unknown.length === 0
      ? []
      : [
          broken(
            WHAT,
            `${count(unknown)} sealed with a secret that is not known. Put it into ENTENTE_OLD_SECRETS, or install Entente there again.`,
          ),
        ]),
    ...(damaged.length === 0
      ? []
      : [broken(WHAT, `${count(damaged)} changed since they were sealed. Install Entente there again.`)]),
    ...(older.length === 0
      ? []
      : [
          attention(
            WHAT,
            `${count(older)} sealed with an older secret. npm run entente -- reseal moves them to the present one.`,
          ),
        ]),
  ];
  return {
    findings: findings.length > 0 ? findings : [ok(WHAT, `${count(rows)} sealed with the present secret`)],
    opened,
  };
};
