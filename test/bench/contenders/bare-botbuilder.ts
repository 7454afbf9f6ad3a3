/* A bot that checks the token and answers each press with a small card, as botbuilder's own samples do it. */
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  ActivityHandler,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  type InvokeResponse,
  type TurnContext,
} from 'botbuilder';
import express from 'express';
import { answerStarter, givenOptions } from '../processes.js';
import { appId } from '../world.js';
import type { Platforms } from './platforms.js';

const { openIdMetadataUrl, issuer } = givenOptions<Platforms>();

const adapter = new CloudAdapter(
  new ConfigurationBotFrameworkAuthentication({
    MicrosoftAppId: appId,
    MicrosoftAppPassword: 'bench',
    MicrosoftAppType: 'MultiTenant',
    ToBotFromChannelOpenIdMetadataUrl: openIdMetadataUrl,
    ToBotFromChannelTokenIssuer: issuer,
    ToChannelFromBotLoginUrl: 'https://login.microsoftonline.com/botframework.com',
    ToChannelFromBotOAuthScope: 'https://api.botframework.com',
    OAuthUrl: 'https://api.botframework.com',
    ToBotFromEmulatorOpenIdMetadataUrl: openIdMetadataUrl,
    ValidateAuthority: 'true',
  }),
);

class Bot extends ActivityHandler {
  protected override async onInvokeActivity(_context: TurnContext): Promise<InvokeResponse> {
    const value = { type: 'AdaptiveCard', version: '1.5', body: [{ type: 'TextBlock', text: 'Pressed' }] };
    return { status: 200, body: { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value } };
  }
}

const bot = new Bot();
const app = express();
app.post('/api/messages', express.json(), (req, res) => adapter.process(req, res, (context) => bot.run(context)));
const server = await new Promise<Server>((resolve) => {
  const listening = app.listen(0, '127.0.0.1', () => resolve(listening));
});

answerStarter({ port: (server.address() as AddressInfo).port }, {});
