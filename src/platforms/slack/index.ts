import { App, type AppOptions } from '@slack/bolt';
import type { SlackConfig } from '../../config.js';
import type { Platform } from '../../core/platform.js';
import type { Surroundings } from '../surroundings.js';
import { createAnswers } from './answers.js';
import { boltLog } from './bolt-log.js';
import { clientOptions, createClients } from './clients.js';
import { reinstallAdvice } from './faults.js';
import { createInflight } from './inflight.js';
import { mountOauth } from './oauth.js';
import { createPace } from './pace.js';
import { createPeople } from './people.js';
import { createQuotes } from './quotes.js';
import { createReaders } from './readers.js';
import { type Desk, listen } from './receive.js';
import { createSender } from './send.js';
import { createSocket, type Socket } from './socket.js';
import { createTokens } from './tokens.js';
import { createWebhook } from './webhook.js';
import { createWorkspaces, type Workspaces } from './workspaces.js';

type BoltParts = Required<Pick<AppOptions, 'receiver' | 'clientOptions'>> & {
  /** Something came from a team through its organisation's installation. */
  readonly cameThrough?: (workspace: string, enterprise: string) => Promise<void>;
};

const createBolt = ({ receiver, clientOptions, cameThrough }: BoltParts, desk: Desk): App => {
  const app = new App({
    receiver,
    clientOptions,
    // Bolt's own would look for a token before anything is heard, and nothing here needs Bolt's clients.
    authorize: async ({ teamId, enterpriseId, isEnterpriseInstall }) => {
      if (isEnterpriseInstall && teamId && enterpriseId) await cameThrough?.(teamId, enterpriseId);
      return { teamId, enterpriseId };
    },
    convoStore: false,
    ignoreSelf: false,
    logger: boltLog(desk.log),
  });
  listen(app, desk);
  return app;
};

/** Slack, over HTTP; over Socket Mode when there is an app token. Slack may be down when it starts. */
export const createSlack = (config: SlackConfig, around: Surroundings): Platform => {
  const { now, http, installations } = around;
  const { oauth, appToken } = config;
  const log = around.log.child({ platform: 'slack' });
  const options = clientOptions(config, log);
  const reinstall = reinstallAdvice(oauth?.publicUrl);
  const workspaces = createWorkspaces(installations);
  const tokens = createTokens({ config, installations, workspaces, options, reinstall, now });
  const clients = createClients(tokens.of, options);
  const sender = createSender(clients, createPace(now, around.paced), { reinstall, apiUrl: config.apiUrl });
  const people = createPeople(clients);
  const inflight = createInflight();
  let socket: Socket | undefined;
  return {
    id: 'slack',
    async start(inbound) {
      const notify = (kind: 'installed' | 'removed', workspace: string) =>
        inbound.notify({ kind, platform: 'slack', workspace });
      const desk: Desk = {
        inbound,
        answers: createAnswers(clients, tokens),
        async forget(removal) {
          const gone = oauth ? await workspaces.lost(removal, tokens.works) : [removal.workspace];
          for (const workspace of gone) await notify('removed', workspace);
        },
        inflight,
        now,
        log,
      };
      const cameThrough = async (workspace: string, enterprise: string): Promise<void> => {
        if (await workspaces.noteOrganisation(workspace, enterprise)) await notify('installed', workspace);
      };
      const bolt = { clientOptions: options, ...(oauth && { cameThrough }) };
      if (oauth) {
        const secret = Buffer.from(around.derive('slack install state')).toString('hex');
        const install = async (installation: Parameters<Workspaces['install']>[0]) => {
          for (const workspace of await workspaces.install(installation)) await notify('installed', workspace);
        };
        mountOauth({ http, config, oauth, options, secret, install, inflight, log });
      }
      if (appToken === undefined) {
        createBolt({ ...bolt, receiver: createWebhook(http, config, inflight, log) }, desk);
        return;
      }
      socket = createSocket({ appToken, options, inflight, now, log });
      socket.open(createBolt({ ...bolt, receiver: socket.receiver }, desk));
    },
    async stop() {
      await inflight.close();
      await socket?.close();
    },
    profile: people.profile,
    readers: createReaders(clients, now),
    quoted: createQuotes(clients),
    workspaceName: people.workspaceName,
    wait: sender.wait,
    post: sender.post,
    update: sender.update,
  };
};
