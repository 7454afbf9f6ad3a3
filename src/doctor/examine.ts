/*
 * Looks at a deployment from inside and from outside, and says of each thing whether it is well and what to do. It
 * changes nothing, and may be run while Entente serves.
 */
import type { Config } from '../config.js';
import { examineAlliance } from './alliance.js';
import { examineConfiguration } from './configuration.js';
import { examineDatabase } from './database.js';
import { type Finding, ok } from './finding.js';
import { examineOutside } from './outside.js';
import { examineSlack } from './slack.js';
import { examineTeams } from './teams.js';
import { examineVault } from './vault.js';

export interface Examination {
  readonly config: Config;
  readonly now: () => number;
  /** Nobody but the database is asked. */
  readonly offline: boolean;
}

const examineNetwork = async (
  { config, now }: Examination,
  opened: Parameters<typeof examineSlack>[1],
): Promise<readonly Finding[]> => {
  const slack = opened.filter(({ row }) => row.platform === 'slack');
  return [
    ...(config.slack ? await examineSlack(config.slack, slack, now) : []),
    ...(config.teams ? await examineTeams(config.teams, now) : []),
    ...(await examineOutside(config, now)),
  ];
};

export const examine = async (examination: Examination): Promise<readonly Finding[]> => {
  const { config, now, offline } = examination;
  const database = await examineDatabase(config.databaseUrl, now);
  const vault = database.found && examineVault(config, database.found.sealed);
  return [
    ...examineConfiguration(config),
    ...(await examineAlliance(config.allianceFile)),
    ...database.findings,
    ...(vault?.findings ?? []),
    ...(offline
      ? [ok('Network', 'not looked at, as --offline says')]
      : await examineNetwork(examination, vault?.opened ?? [])),
  ];
};
