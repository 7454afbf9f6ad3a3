import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type Express, type Router } from 'express';
import { createCalls } from './calls.js';
import { createClock } from './clock.js';
import { createControl } from './control.js';
import { begin, type Controls, createControls, type Stage } from './controls.js';
import type { Beginning, CommandHint, MenuEntry, WorldSeed } from './model.js';
import { newSecret, type Persistence, persist } from './persistence.js';
import { createFakeSlack, type FakeSlack } from './slack/index.js';
import { createFakeTeams, type FakeTeams } from './teams/index.js';
import { createWire } from './wire.js';
import { createWorld } from './world.js';

export { demoSeed, emptySeed } from './demo.js';
export { savedBeginning } from './persistence.js';

export interface SandboxOptions {
  readonly world: WorldSeed;
  readonly slackEventsUrl: string;
  readonly teamsMessagesUrl: string;
  /** What the apps' manifests offer. Without commands, any slash command is let through. */
  readonly commands?: readonly CommandHint[];
  readonly menus?: readonly MenuEntry[];
  /** Channels, messages and tokens are kept in this file. */
  readonly persistPath?: string;
  /** Where people begin to install the app on Slack: an address of Entente. */
  readonly installUrl?: string;
  /** Where Slack may send browsers back to, besides /slack/oauth_redirect beside `slackEventsUrl`. */
  readonly slackRedirectUrls?: readonly string[];
  /** The clock that the sandbox's own is ahead of; this machine's unless told. */
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
  readonly clientId: string;
  readonly clientSecret: string;
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
  /** Entente's, the same after a restart on the same file. */
  readonly secret: string;
  /** The sandbox's clock, for Entente beside it to go by. Signatures and tokens are dated by this machine's. */
  readonly now: () => number;
  begun(): Beginning;
  /** Forgets everything, and begins as that seed says: the same people and places. */
  begin(seed: WorldSeed): void;
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
  const { commands = [], menus = [], now = Date.now, keepMessages = 5000, installUrl } = options;
  const where = installUrl === undefined ? {} : { installUrl };
  const clock = createClock(now);
  return createWorld({ seed: options.world, appId: APP_ID, clock, commands, menus, keepMessages, ...where });
};

/** A browser may name this machine either way. */
const redirectUrlsOf = ({ slackEventsUrl, slackRedirectUrls = [] }: SandboxOptions): string[] => {
  const { port } = new URL(slackEventsUrl);
  const own = ['localhost', '127.0.0.1'].map((host) => `http://${host}:${port}/slack/oauth_redirect`);
  return [...own, ...slackRedirectUrls];
};

const stop = async (server: Server): Promise<void> => {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeAllConnections();
  await closed;
};

const credentialsOf = (
  { apiUrl: slackApiUrl, signingSecret, botToken, appToken, clientId, clientSecret }: FakeSlack,
  { serviceUrl, openIdMetadataUrl, issuer, token }: FakeTeams,
) => ({
  slackApiUrl,
  signingSecret,
  botToken,
  appToken,
  clientId,
  clientSecret,
  teams: { serviceUrl, appId: APP_ID, openIdMetadataUrl, issuer, token },
});

/** Opens both workplaces on loopback. @throws when the port is taken */
export const startSandbox = async (options: SandboxOptions): Promise<Sandbox> => {
  const app = createApp();
  const server = createServer(app);
  const url = `http://127.0.0.1:${await listen(server, options.port ?? 0)}`;
  const world = openWorld(options);
  const common = {
    world,
    calls: createCalls(options.keepCalls ?? 5000),
    wire: createWire(),
    enforcePace: options.enforcePace ?? true,
    refused: (what: string, detail: object) => options.log?.warn(detail, what),
  };
  const { slackEventsUrl: eventsUrl, teamsMessagesUrl: messagesUrl, retryScale = 1 } = options;
  const redirectUrls = redirectUrlsOf(options);
  const slack = createFakeSlack({ ...common, baseUrl: `${url}/slack/`, eventsUrl, redirectUrls, retryScale });
  const teams = await createFakeTeams({ ...common, appId: APP_ID, baseUrl: `${url}/teams/`, messagesUrl });
  const stage: Stage = { ...common, slack, teams };
  const { tokens } = slack.link.desk;
  const kept: Persistence =
    options.persistPath === undefined
      ? { secret: newSecret(), save: () => {} }
      : persist(world, tokens, options.persistPath);
  const controls = createControls(stage);
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
    secret: kept.secret,
    now: world.now,
    begun: world.begun,
    begin: (seed) => begin(stage, seed),
    leavePages: () => control.close(),
    close: async () => {
      control.close();
      slack.close();
      common.wire.close();
      await stop(server);
      kept.save();
    },
  };
};
