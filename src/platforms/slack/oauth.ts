/*
 * A workspace installs Entente by itself: off to Slack with a signed state that only this browser has, and back with a
 * code that becomes tokens.
 */
import type { ServerResponse } from 'node:http';
import { type Installation, InstallProvider } from '@slack/oauth';
import type { WebClientOptions } from '@slack/web-api';
import type { Express } from 'express';
import type { SlackConfig } from '../../config.js';
import type { Log } from '../../core/log.js';
import { boltLog } from './bolt-log.js';
import { interactiveOptions } from './clients.js';
import { faultOf } from './faults.js';
import type { Inflight } from './inflight.js';
import { drawPage, type Outcome } from './pages.js';
import { scopeNames } from './scopes.js';
import { gate } from './webhook.js';

const INSTALL = '/slack/install';
const REDIRECT = '/slack/oauth_redirect';

interface OauthParts {
  readonly http: Express;
  readonly config: SlackConfig;
  readonly oauth: NonNullable<SlackConfig['oauth']>;
  readonly options: WebClientOptions;
  /** Signs the state. */
  readonly secret: string;
  readonly install: (installation: Installation) => Promise<void>;
  readonly inflight: Inflight;
  readonly log: Log;
}

const outcomes: Readonly<Record<string, 'denied' | 'expired'>> = {
  slack_oauth_installer_authorization_error: 'denied',
  slack_oauth_missing_state: 'expired',
  slack_oauth_invalid_state: 'expired',
};

const nameIn = ({ team, enterprise, isEnterpriseInstall }: Installation): string | undefined =>
  isEnterpriseInstall ? enterprise?.name : team?.name;

const createProvider = ({ config, oauth, options, secret, install, log }: OauthParts): InstallProvider =>
  new InstallProvider({
    clientId: oauth.clientId,
    clientSecret: oauth.clientSecret,
    stateSecret: secret,
    authorizationUrl: new URL('../oauth/v2/authorize', config.apiUrl).href,
    clientOptions: interactiveOptions(options),
    directInstall: true,
    installUrlOptions: { scopes: [...scopeNames], redirectUri: oauth.publicUrl + REDIRECT },
    installationStore: {
      storeInstallation: install,
      fetchInstallation: () => Promise.reject(new Error('tokens are kept elsewhere')),
    },
    // Its errors say nothing that the failure below does not, and may quote what Slack has sent.
    logger: { ...boltLog(log), error: () => undefined },
  });

export const mountOauth = (parts: OauthParts): void => {
  const { http, oauth, inflight, log } = parts;
  const provider = createProvider(parts);
  const show = (response: ServerResponse, outcome: Outcome): void => {
    const { status, html } = drawPage(outcome, oauth.publicUrl + INSTALL);
    response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' }).end(html);
  };
  http.get(INSTALL, gate(inflight), (request, response) => provider.handleInstallPath(request, response));
  http.get(REDIRECT, gate(inflight), (request, response) =>
    provider.handleCallback(request, response, {
      success: (installation, _options, _request, answer) =>
        show(answer, { kind: 'installed', workspace: nameIn(installation) }),
      failure: (error, _options, _request, answer) => {
        const kind = outcomes[error.code] ?? 'failed';
        const reason = kind === 'failed' ? faultOf(error).reason : kind;
        log[kind === 'failed' ? 'warn' : 'info']({ code: error.code, reason }, 'not installed');
        show(answer, { kind });
      },
    }),
  );
};
