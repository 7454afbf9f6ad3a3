/*
 * The token for each workspace: its installation's, renewed before it expires, or the one of the environment.
 */
import { WebClient, type WebClientOptions } from '@slack/web-api';
import type { SlackConfig } from '../../config.js';
import { DeliveryError } from '../../core/errors.js';
import type { Instant } from '../../core/ids.js';
import type { Installation, Installations } from '../../core/installations.js';
import { VaultError } from '../../core/vault.js';
import { interactiveOptions } from './clients.js';
import { faultOf, refusesToken } from './faults.js';
import type { Workspaces } from './workspaces.js';

export interface Tokens {
  /** @throws DeliveryError */
  of(workspace: string): Promise<string>;
  /** The bot's user id, as far as the installation tells. */
  botUser(workspace: string): Promise<string | undefined>;
  /** False once Slack refuses the token. @throws DeliveryError when Slack cannot be asked */
  works(installation: Installation): Promise<boolean>;
}

interface TokenParts {
  readonly config: SlackConfig;
  readonly installations: Pick<Installations, 'renew'>;
  readonly workspaces: Pick<Workspaces, 'granted'>;
  readonly options: WebClientOptions;
  /** What people do about a token that is missing or refused. */
  readonly reinstall: string;
  readonly now: () => Instant;
}

/** Slack's tokens live for twelve hours; the old one goes on working, so there is time for a second attempt. */
const RENEW_BEFORE_MS = 2 * 60 * 60 * 1_000;

const isAboutToExpire = ({ tokens, expiresAt }: Installation, now: Instant): boolean =>
  tokens?.refresh !== undefined && expiresAt !== undefined && expiresAt - now < RENEW_BEFORE_MS;

const SEALED =
  'Entente cannot open the tokens that it keeps. Put the earlier secret into ENTENTE_OLD_SECRETS, or install Entente again.';

const opened = async <T>(work: Promise<T>): Promise<T> => {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof VaultError)) throw error;
    throw new DeliveryError('later', `slack:tokens_${error.reason}`, { advice: SEALED, cause: error });
  }
};

const createRenewer = ({ config, options, now }: TokenParts) => {
  const api = new WebClient(undefined, interactiveOptions(options));
  return async ({ refresh = '' }: Readonly<Record<string, string>>) => {
    const { clientId = '', clientSecret = '' } = config.oauth ?? {};
    const given = await api.oauth.v2.access({
      client_id: clientId,
      client_secret: clientSecret,
      grant_type: 'refresh_token',
      refresh_token: refresh,
    });
    const { access_token: bot, refresh_token: next, expires_in: seconds } = given;
    if (!bot || !next || !seconds) throw new DeliveryError('later', 'slack:unreadable');
    return { tokens: { bot, refresh: next }, expiresAt: now() + seconds * 1_000 };
  };
};

/** Which team the environment's token is for; asked once. */
const createOwnTeam = (token: string, options: WebClientOptions) => {
  const api = new WebClient(token, interactiveOptions(options));
  let team: string | undefined;
  return async (): Promise<string | undefined> => {
    team ??= (await api.auth.test()).team_id;
    return team;
  };
};

/** One token for every workspace, as long as workspaces do not install Entente by themselves. */
const createOnlyToken = (token: string): Tokens => ({
  of: async () => token,
  botUser: async () => undefined,
  works: async () => true,
});

export const createTokens = (parts: TokenParts): Tokens => {
  const { config, installations, workspaces, options, reinstall, now } = parts;
  const { botToken } = config;
  if (!config.oauth) return createOnlyToken(botToken ?? '');
  const renewer = createRenewer(parts);
  const ownTeam = botToken === undefined ? async () => undefined : createOwnTeam(botToken, options);
  const renewing = new Map<string, Promise<Installation | undefined>>();

  /** Calls that come together wait for one renewal. */
  const renew = (granted: Installation): Promise<Installation | undefined> => {
    const key = `${granted.workspace} ${granted.version}`;
    const known = renewing.get(key);
    if (known) return known;
    const begun = installations.renew(granted, renewer).finally(() => renewing.delete(key));
    renewing.set(key, begun);
    return begun;
  };

  const fresh = async (granted: Installation): Promise<string | undefined> => {
    if (!isAboutToExpire(granted, now())) return granted.tokens?.bot;
    try {
      const renewed = await opened(renew(granted));
      if (!renewed) throw new DeliveryError('later', 'slack:token_being_renewed');
      return renewed.tokens?.bot;
    } catch (error) {
      throw faultOf(error, reinstall);
    }
  };

  return {
    async of(workspace) {
      const granted = await opened(workspaces.granted(workspace));
      const token = granted && (await fresh(granted));
      if (token !== undefined) return token;
      const own = await ownTeam().catch((error: unknown) => {
        throw faultOf(error, reinstall);
      });
      if (botToken !== undefined && own === workspace) return botToken;
      throw new DeliveryError('never', 'slack:not_installed', { advice: reinstall });
    },
    botUser: async (workspace) => (await opened(workspaces.granted(workspace)))?.detail.bot,
    works: async (installation) => {
      try {
        await new WebClient(await fresh(installation), interactiveOptions(options)).auth.test();
        return true;
      } catch (error) {
        const fault = faultOf(error);
        if (refusesToken(fault)) return false;
        throw fault;
      }
    },
  };
};
