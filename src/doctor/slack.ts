import type { SlackConfig } from '../config.js';
import { scopeNames, spareScopes } from '../platforms/slack/scopes.js';
import { clockOf } from './clock.js';
import { attention, broken, type Finding, ok } from './finding.js';
import { ask, jsonOf, type Reply } from './http.js';
import type { Opened } from './vault.js';

interface Token {
  /** 'Slack token', or with the workspace that installed Entente. */
  readonly what: string;
  readonly token: string;
  readonly mend: string;
}

const call = ({ apiUrl }: SlackConfig, method: string, token: string, now: () => number): Promise<Reply> =>
  ask(`${apiUrl}${method}`, now, { method: 'POST', headers: { authorization: `Bearer ${token}` } });

const REACH = "Check SLACK_API_URL, and that this machine may call Slack's addresses.";

/** Slack's own code, as long as it looks like one. */
const refusalOf = (text: string): string => {
  const { error } = jsonOf(text);
  return typeof error === 'string' && /^[a-z0-9_]{1,64}$/.test(error) ? error : 'unreadable answer';
};

const examineScopes = (what: string, granted: string | null): Finding => {
  if (granted === null) return attention(what, 'Slack did not say which it has granted.');
  const has = new Set(granted.split(',').map((scope) => scope.trim()));
  const missing = scopeNames.filter((scope) => !has.has(scope));
  if (missing.length === 0) return ok(what, `all ${scopeNames.length} are granted`);
  const say = missing.every((scope) => spareScopes.has(scope)) ? attention : broken;
  return say(
    what,
    `${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} missing. Update the Slack app from its manifest (npm run manifests), then install it again.`,
  );
};

const examineToken = async (
  config: SlackConfig,
  { what, token, mend }: Token,
  now: () => number,
): Promise<readonly Finding[]> => {
  const reply = await call(config, 'auth.test', token, now);
  if ('problem' in reply) return [broken(what, `Slack cannot be reached (${reply.problem}). ${REACH}`)];
  const { ok: accepted, team, team_id: id } = jsonOf(reply.text);
  const clock = clockOf('Slack', reply);
  if (reply.status === 429) return [attention(what, 'Slack is busy just now. Try again in a minute.'), ...clock];
  if (accepted !== true) return [broken(what, `Slack refuses it (${refusalOf(reply.text)}). ${mend}`), ...clock];
  const scopes = examineScopes(what.replace('token', 'scopes'), reply.headers.get('x-oauth-scopes'));
  return [ok(what, `accepted, for ${team} (${id})`), scopes, ...clock];
};

const examineSocket = async (config: SlackConfig, appToken: string, now: () => number): Promise<Finding> => {
  const what = 'Slack app token';
  const reply = await call(config, 'apps.connections.open', appToken, now);
  if ('problem' in reply) return broken(what, `Slack cannot be reached (${reply.problem}). ${REACH}`);
  if (jsonOf(reply.text).ok === true) return ok(what, 'accepted, for Socket Mode');
  return broken(
    what,
    `Slack refuses it (${refusalOf(reply.text)}). Make one with the scope connections:write under Basic Information, and set SLACK_APP_TOKEN.`,
  );
};

const installedToken = ({ row, tokens }: Opened, now: number): Token | Finding => {
  const what = `Slack token of ${row.name ?? row.workspace}`;
  if (!tokens.bot) return broken(what, 'there is none. Install Entente there again.');
  if (row.expiresAt !== null && row.expiresAt <= now)
    return attention(what, 'it has expired. Entente renews it when it is next used; if it does not, install it again.');
  return { what, token: tokens.bot, mend: 'Install Entente there again.' };
};

/** Each says the same of the clock. */
const onceOf = (findings: readonly Finding[]): readonly Finding[] =>
  findings.filter(
    ({ what }, index) => !what.startsWith('Clock') || findings.findIndex((one) => one.what === what) === index,
  );

/** The tokens that Entente speaks with: the environment's, and those of the workspaces that have installed it. */
export const examineSlack = async (
  config: SlackConfig,
  installed: readonly Opened[],
  now: () => number,
): Promise<readonly Finding[]> => {
  const { botToken, appToken } = config;
  const own: readonly Token[] = botToken
    ? [
        {
          what: 'Slack token',
          token: botToken,
          mend: 'Install the app again, and set SLACK_BOT_TOKEN to its new token.',
        },
      ]
    : [];
  const found: Finding[] = [];
  for (const one of [...own, ...installed.map((opened) => installedToken(opened, now()))])
    found.push(...('token' in one ? await examineToken(config, one, now) : [one]));
  if (own.length + installed.length === 0)
    found.push(attention('Slack token', 'no workspace has installed Entente yet. Open /slack/install at its address.'));
  if (appToken) found.push(await examineSocket(config, appToken, now));
  return onceOf(found);
};
