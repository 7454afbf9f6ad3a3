import { App, type AppOptions } from '@slack/bolt';
import type { SlackConfig } from '../../config.js';
import { DeliveryError } from '../../core/errors.js';
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

const notBuilt = async (): Promise<never> => {
  throw new DeliveryError('later', 'slack:not-built');
};

type BoltParts = Required<Pick<AppOptions, 'receiver' | 'clientOptions'>> & { readonly token: string };

const createBolt = ({ receiver, clientOptions, token }: BoltParts, desk: Desk): App => {
  const app = new App({
    receiver,
    clientOptions,
    // Bolt's own asks Slack who the token is before it listens; with one workspace there is nothing to ask.
    authorize: async ({ teamId }) => ({ botToken: token, teamId }),
    convoStore: false,
    ignoreSelf: false,
    logger: boltLog(desk.log),
  });
  listen(app, desk);
  return app;
};

/** Slack, over HTTP; over Socket Mode when there is an app token. Slack may be down when it starts. */
export const createSlack = (config: SlackConfig, around: Surroundings): Platform => {
  const { now } = around;
  const log = around.log.child({ platform: 'slack' });
  const { interactive, delivery, options } = createClients(config, log);
  const sender = createSender(delivery, createPace(now, around.paced));
  const inflight = createInflight();
  const bolt = { clientOptions: options, token: config.botToken };
  let socket: Socket | undefined;
  return {
    id: 'slack',
    async start(inbound) {
      const allows = (workspace: string) => around.allows('slack', workspace);
      const desk: Desk = { inbound, answers: createAnswers(interactive), allows, inflight, now, log };
      if (config.appToken === undefined) {
        createBolt({ ...bolt, receiver: createWebhook(around.http, config, inflight, log) }, desk);
        return;
      }
      socket = createSocket({ appToken: config.appToken, options, inflight, now, log });
      socket.open(createBolt({ ...bolt, receiver: socket.receiver }, desk));
    },
    async stop() {
      await inflight.close();
      await socket?.close();
    },
    profile: notBuilt,
    readers: notBuilt,
    workspaceName: notBuilt,
    post: sender.post,
    update: sender.update,
  };
};
