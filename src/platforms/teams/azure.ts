/*
 * Who Entente is towards Microsoft, and who may speak to it: botbuilder's own checks, in three modes. `live` is Azure.
 * `local` makes the same checks against another issuer and keys, with ready-made tokens on the way out, since MSAL
 * refuses authorities without https. `anonymous` checks nothing, and is for this machine only.
 */
import { CloudAdapter, ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import {
  AuthenticationError,
  MicrosoftAppCredentials,
  type ServiceClientCredentialsFactory,
} from 'botframework-connector';
import type { TeamsConfig } from '../../config.js';

const oAuthScope = 'https://api.botframework.com';
/** Who signs what Teams sends. */
const channelIssuer = 'https://api.botframework.com';

type Local = NonNullable<TeamsConfig['local']>;

/** botbuilder takes one setting as a sign that all are meant. */
const localSettings = (appId: string, local: Local) => ({
  MicrosoftAppId: appId,
  ToBotFromChannelOpenIdMetadataUrl: local.openIdMetadataUrl,
  ToBotFromEmulatorOpenIdMetadataUrl: local.openIdMetadataUrl,
  ToBotFromChannelTokenIssuer: local.issuer,
  ToChannelFromBotLoginUrl: local.issuer,
  ToChannelFromBotOAuthScope: oAuthScope,
  OAuthUrl: local.issuer,
});

const localCredentials = (appId: string, local: Local): ServiceClientCredentialsFactory => ({
  isValidAppId: async (id) => id === appId,
  isAuthenticationDisabled: async () => false,
  createCredentials: async () => ({
    signRequest: async (request) => {
      request.headers.set('authorization', `Bearer ${local.token()}`);
      return request;
    },
  }),
});

const settingsOf = ({ appId, password, appType, tenantId }: TeamsConfig) => ({
  MicrosoftAppId: appId,
  MicrosoftAppPassword: password,
  MicrosoftAppType: appType,
  MicrosoftAppTenantId: tenantId,
});

const authenticationOf = (config: TeamsConfig): ConfigurationBotFrameworkAuthentication => {
  if (config.anonymous) return new ConfigurationBotFrameworkAuthentication({ MicrosoftAppId: '' });
  if (config.local)
    return new ConfigurationBotFrameworkAuthentication(
      localSettings(config.appId, config.local),
      localCredentials(config.appId, config.local),
    );
  return new ConfigurationBotFrameworkAuthentication(settingsOf(config));
};

const tokensOf = ({ anonymous, local, appId, password, appType, tenantId }: TeamsConfig) => {
  if (anonymous) return async () => undefined;
  if (local) return async () => local.token();
  // A token of the customer's tenant is refused: it is always fetched from the app's own.
  const credentials = new MicrosoftAppCredentials(
    appId,
    password,
    appType === 'SingleTenant' ? tenantId : undefined,
    oAuthScope,
  );
  let waiting: Promise<string> | undefined;
  return ({ fresh }: { readonly fresh: boolean }): Promise<string> => {
    waiting ??= credentials.getToken(fresh).finally(() => {
      waiting = undefined;
    });
    return waiting;
  };
};

type Authenticated = Awaited<ReturnType<ConfigurationBotFrameworkAuthentication['authenticateRequest']>>;
type BotActivity = Parameters<CloudAdapter['processActivityDirect']>[1];

export type Verdict =
  | { readonly caller: 'known'; readonly identity: Authenticated }
  | { readonly caller: 'refused' }
  /** Microsoft's signing keys could not be fetched, so nobody can be told from anybody. */
  | { readonly caller: 'unchecked'; readonly cause: unknown };

export interface Azure {
  authenticate(activity: object, header: string): Promise<Verdict>;
  /** Runs `work` as the adapter's turn; its errors go to `failed`. */
  turn(identity: Authenticated, activity: object, work: () => Promise<void>): Promise<void>;
  token(options: { readonly fresh: boolean }): Promise<string | undefined>;
}

/** All else says that the token is no good, jsonwebtoken's own errors too, though they are no AuthenticationError. */
const isUnchecked = (error: unknown): boolean =>
  error instanceof AuthenticationError
    ? error.statusCode >= 500
    : error instanceof Error && error.name === 'FetchError';

export const createAzure = (config: TeamsConfig, failed: (error: unknown) => void): Azure => {
  const authentication = authenticationOf(config);
  const adapter = new CloudAdapter(authentication);
  adapter.onTurnError = async (_context, error) => failed(error);
  const issuer = config.local?.issuer ?? channelIssuer;
  return {
    async authenticate(activity, header) {
      try {
        const identity = await authentication.authenticateRequest(activity as BotActivity, header);
        // botbuilder also believes the emulator and other bots, whose tokens do not bind the service URL.
        const believed = config.anonymous || identity.claimsIdentity.getClaimValue('iss') === issuer;
        return believed ? { caller: 'known', identity } : { caller: 'refused' };
      } catch (cause) {
        return isUnchecked(cause) ? { caller: 'unchecked', cause } : { caller: 'refused' };
      }
    },
    turn: (identity, activity, work) => adapter.processActivityDirect(identity, activity as BotActivity, work),
    token: tokensOf(config),
  };
};
