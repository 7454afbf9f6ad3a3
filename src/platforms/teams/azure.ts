/*
 * Who Entente is towards Microsoft, and who may speak to it: botbuilder's own checks, in three modes. `live` is Azure.
 * `local` makes the same checks against another issuer and keys, with ready-made tokens on the way out, since MSAL
 * refuses authorities without https. `anonymous` checks nothing, and is for this machine only.
 */
import { ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import { MicrosoftAppCredentials, type ServiceClientCredentialsFactory } from 'botframework-connector';
import type { TeamsConfig } from '../../config.js';

const oAuthScope = 'https://api.botframework.com';

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

export const createAuthentication = (config: TeamsConfig): ConfigurationBotFrameworkAuthentication => {
  if (config.anonymous) return new ConfigurationBotFrameworkAuthentication({ MicrosoftAppId: '' });
  if (config.local)
    return new ConfigurationBotFrameworkAuthentication(
      localSettings(config.appId, config.local),
      localCredentials(config.appId, config.local),
    );
  return new ConfigurationBotFrameworkAuthentication(settingsOf(config));
};

export type Token = (options: { readonly fresh: boolean }) => Promise<string | undefined>;

/** Tokens for what Entente sends; nothing where none is wanted. */
export const createTokens = (config: TeamsConfig): Token => {
  const { anonymous, local, appId, password, appType, tenantId } = config;
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
  return ({ fresh }) => {
    waiting ??= credentials.getToken(fresh).finally(() => {
      waiting = undefined;
    });
    return waiting;
  };
};
