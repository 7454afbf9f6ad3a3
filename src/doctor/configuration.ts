import type { Config } from '../config.js';
import { attention, type Finding, ok } from './finding.js';

const platformsOf = ({ slack, teams }: Config): string =>
  [slack && 'Slack', teams && 'Teams'].filter(Boolean).join(' and ') || 'the sandbox only';

const advice = ({ mode, production, publicUrl, slack, teams, secret }: Config): (string | false | undefined)[] => [
  mode === 'sandbox' &&
    'No platform is configured: npm start opens the sandbox. Set SLACK_... or MICROSOFT_... to go live.',
  mode === 'live' &&
    publicUrl === undefined &&
    (teams !== undefined || slack?.appToken === undefined) &&
    'PUBLIC_URL is not set, so nothing can be looked at from outside. Set it to the address that the platforms call.',
  mode === 'live' &&
    secret === undefined &&
    'ENTENTE_SECRET is not set: an invitation can then be shown, and a calendar be read at its address, only until the next start. openssl rand -hex 32 makes one.',
  mode === 'live' && !production && 'NODE_ENV is not production, so what is unsafe there is allowed.',
  teams?.anonymous && 'TEAMS_ANONYMOUS takes calls without a token, from this machine. Remove it to go live.',
];

/** What is set, as far as it can be read; mistakes in it keep everything else from being looked at. */
export const examineConfiguration = (config: Config): readonly Finding[] => [
  ok('Configuration', `read without a mistake, for ${platformsOf(config)}`),
  ...advice(config).flatMap((text) => (text ? [attention('Configuration', text)] : [])),
];
