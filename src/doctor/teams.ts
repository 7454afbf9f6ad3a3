import type { TeamsConfig } from '../config.js';
import { createTokens } from '../platforms/teams/azure.js';
import { clockOf } from './clock.js';
import { attention, broken, type Finding, ok } from './finding.js';
import { ask, jsonOf } from './http.js';

const METADATA = 'https://login.botframework.com/v1/.well-known/openidconfiguration';

/** What Microsoft's codes mean for whoever set the variables. */
const mends: Readonly<Record<string, string>> = {
  AADSTS7000215: 'MICROSOFT_APP_PASSWORD is wrong: set the value of a client secret, not its ID.',
  AADSTS7000222: 'The client secret has expired. Make a new one and set MICROSOFT_APP_PASSWORD.',
  AADSTS700016: 'MICROSOFT_APP_ID is not known in that tenant. Check it, and MICROSOFT_APP_TENANT_ID.',
  AADSTS90002: 'MICROSOFT_APP_TENANT_ID names no tenant. Set the Directory (tenant) ID of your app registration.',
};

const examineToken = async (config: TeamsConfig): Promise<Finding> => {
  const what = 'Teams token';
  if (config.anonymous) return attention(what, 'none is asked for while TEAMS_ANONYMOUS is set.');
  try {
    const token = await createTokens(config)({ fresh: true });
    return token ? ok(what, 'Microsoft gives one') : broken(what, 'Microsoft gives none. Check MICROSOFT_APP_ID.');
  } catch (error) {
    const [code = 'no answer'] = /AADSTS\d+/.exec(error instanceof Error ? error.message : '') ?? [];
    return broken(what, `Microsoft gives none (${code}). ${mends[code] ?? 'Check the MICROSOFT_APP_... variables.'}`);
  }
};

/** Without them nobody's call can be checked, and every one is turned away. */
const examineKeys = async ({ local }: TeamsConfig, now: () => number): Promise<readonly Finding[]> => {
  const what = 'Teams signing keys';
  const reply = await ask(local?.openIdMetadataUrl ?? METADATA, now);
  const reach = "Check that this machine may call Microsoft's addresses.";
  if ('problem' in reply) return [broken(what, `they cannot be fetched (${reply.problem}). ${reach}`)];
  const found = typeof jsonOf(reply.text).jwks_uri === 'string';
  return [
    found ? ok(what, 'can be fetched') : broken(what, `they cannot be fetched (${reply.status}). ${reach}`),
    ...clockOf('Microsoft', reply),
  ];
};

export const examineTeams = async (config: TeamsConfig, now: () => number): Promise<readonly Finding[]> => [
  await examineToken(config),
  ...(config.anonymous ? [] : await examineKeys(config, now)),
];
