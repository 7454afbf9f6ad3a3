import { App, type AppOptions } from '@slack/bolt';
import type { SlackConfig } from '../../config.js';
import type { Platform } from '../../core/platform.js';
import type { Surroundings } from '../surroundings.js';
import { createAnswers } from './answers.js';
import { boltLog } from './bolt-log.js';
import { createClients } from './clients.js';
import { createInflight } from './inflight.js';
import { createPace } from './pace.js';
import { type Desk, listen } from './receive.js';
import { createSender } from './send.js';
import { createSocket, type Socket } from './socket.js';
import { createWebhook } from './webhook.js';

/** Slack, over HTTP; over Socket Mode when there is an app token. Slack may be down when it starts. */
export const createSlack = (config: SlackConfig, around: Surroundings): Platform => {
  const log = around.log.child({ platform: 'slack' });
  const { interactive, delivery, options } = createClients(config, log);
  const sender = createSender(delivery, createPace(around.now, around.paced));
  const inflight = createInflight();
  let socket: Socket | undefined;

  const createApp = (receiver: AppOptions['receiver'], desk: Desk): App => {
    const app = new App({
      receiver,
      // Bolt's own asks Slack who the token is before it listens; with one workspace there is nothing to ask.
      authorize: async ({ teamId }) => ({ botToken: config.botToken, teamId }),
      convoStore: false,
      ignoreSelf: false,
      processBeforeResponse: true,
      clientOptions: options,
      logger: boltLog(log),
    });
    listen(app, desk);
    return app;
  };

  return {
    id: 'slack',
    async start(inbound) {
      const desk: Desk = {
        inbound,
        answers: createAnswers(interactive),
        allows: (workspace) => around.allows('slack', workspace),
        inflight,
        now: around.now,
        log,
      };
      if (config.appToken === undefined) {
        createApp(createWebhook(around.http, config, inflight, log), desk);
        return;
      }
      socket = createSocket({ appToken: config.appToken, options, inflight, now: around.now, log });
      socket.open(createApp(socket.receiver, desk));
    },
    async stop() {
      await inflight.close();
      await socket?.close();
    },
    post: sender.post,
    update: sender.update,
  };
};
