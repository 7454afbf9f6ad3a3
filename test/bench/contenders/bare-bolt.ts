/* A Bolt app that only acknowledges, behind the same receiver with the same settings as Entente's. */
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { App, ExpressReceiver, LogLevel } from '@slack/bolt';
import { answerStarter } from '../processes.js';
import { botToken, signingSecret } from '../world.js';

const receiver = new ExpressReceiver({ signingSecret, endpoints: '/slack/events', processBeforeResponse: true });
const app = new App({
  receiver,
  authorize: async ({ teamId }) => ({ botToken, teamId }),
  convoStore: false,
  ignoreSelf: false,
  processBeforeResponse: true,
  logLevel: LogLevel.ERROR,
});
app.command(/.*/, async ({ ack }) => {
  await ack();
});
const server = (await app.start({ port: 0, host: '127.0.0.1' })) as Server;

answerStarter({ port: (server.address() as AddressInfo).port }, {});
