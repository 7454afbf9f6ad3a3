import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type Express, type Router } from 'express';
import { createCalls } from './calls.js';
import { createControl } from './control.js';
import { type Controls, createControls } from './controls.js';
import type { CommandHint, MenuEntry, WorldSeed } from './model.js';
import { persist } from './persistence.js';
import { createFakeSlack, type FakeSlack } from './slack/index.js';
import { createFakeTeams, type FakeTeams } from './teams/index.js';
import { createWire } from './wire.js';
import { createWorld } from './world.js';

export { demoSeed } from './demo.js';

export interface SandboxOptions {
  readonly world: WorldSeed;
  readonly slackEventsUrl: string;
  readonly teamsMessagesUrl: string;
  /** What the apps' manifests offer. Without commands, any slash command is let through. */
  readonly commands?: readonly CommandHint[];
  readonly menus?: readonly MenuEntry[];
  /** Channels and messages are kept in this file. */
  readonly persistPath?: string;
  readonly now?: () => number;
  /** Hears of every call that a platform's limits refused. */
  readonly log?: { warn(detail: object, what: string): void };
  /** False lifts the rate limits, and only those: for measuring. */
  readonly enforcePace?: boolean;
  /** 0, and unless told: any. */
  readonly port?: number;
  /** 1 (unless told) repeats failed events as late as Slack does: after 0, 1 and 5 minutes. */
  readonly retryScale?: number;
  /** Per side; older ones are forgotten. 5,000 unless told. */
  readonly keepMessages?: number;
  readonly keepCalls?: number;
}

export interface Sandbox {
  /** 'http://127.0.0.1:4100' */
  readonly url: string;
  readonly slackApiUrl: string;
  readonly signingSecret: string;
  readonly botToken: string;
  readonly appToken: string;
  readonly teams: {
    readonly serviceUrl: string;
    readonly appId: string;
    readonly openIdMetadataUrl: string;
    readonly issuer: string;
    readonly token: () => string;
  };
  /** The control interface, to be mounted elsewhere too; it is under /control here. */
  readonly control: Router;
  /** The same without HTTP in between. */
  readonly controls: Controls;
  /** Ends what open pages listen to, which would hold up the server that they are mounted on. */
  leavePages(): void;
  close(): Promise<void>;
}

/** Always the same, so that after a restart Entente's messages are still its own. */
const APP_ID = '5a4d0b0c-0000-4000-8000-000000000001';

const listen = (server: Server, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });

const createApp = (): Express => {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  return app;
};

const openWorld = (options: SandboxOptions) => {
  const { commands = [], menus = [], now = Date.now, keepMessages = 5000, persistPath } = options;
  const world = createWorld({ seed: options.world, appId: APP_ID, now, commands, menus, keepMessages });
  return { world, save: persistPath === undefined ? () => {} : persist(world, persistPath) };
};

const stop = async (server: Server): Promise<void> => {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeAllConnections();
  await closed;
};

const credentialsOf = (
  { apiUrl: slackApiUrl, signingSecret, botToken, appToken }: FakeSlack,
  { serviceUrl, openIdMetadataUrl, issuer, token }: FakeTeams,
) => ({
  slackApiUrl,
  signingSecret,
  botToken,
  appToken,
  teams: { serviceUrl, appId: APP_ID, openIdMetadataUrl, issuer, token },
});

/** Opens both workplaces on loopback. @throws when the port is taken */
export const startSandbox = async (options: SandboxOptions): Promise<Sandbox> => {
  const app = createApp();
  const server = createServer(app);
  const url = `http://127.0.0.1:${await listen(server, options.port ?? 0)}`;
  const { world, save } = openWorld(options);
  const common = {
    world,
    calls: createCalls(options.keepCalls ?? 5000),
    wire: createWire(),
    enforcePace: options.enforcePace ?? true,
    refused: (what: string, detail: object) => options.log?.warn(detail, what),
  };
  const { slackEventsUrl: eventsUrl, teamsMessagesUrl: messagesUrl, retryScale = 1 } = options;
  const slack = createFakeSlack({ ...common, baseUrl: `${url}/slack/`, eventsUrl, retryScale });
  const teams = await createFakeTeams({ ...common, appId: APP_ID, baseUrl: `${url}/teams/`, messagesUrl });
  const controls = createControls({ ...common, slack, teams });
  const control = createControl(controls, world);
  app.use('/control', control.router);
  app.use('/slack', slack.router);
  // Also at the root, since the demo alliance file names no path in its service URL.
  app.use(['/teams', '/'], teams.router);
  server.on('upgrade', slack.sockets.upgrade);
  return {
    url,
    ...credentialsOf(slack, teams),
    control: control.router,
    controls,
    leavePages: () => control.close(),
    close: async () => {
      control.close();
      slack.close();
      common.wire.close();
      await stop(server);
      save();
    },
  };
};
