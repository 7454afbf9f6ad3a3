/*
 * Entente beside its sandbox: what `npm start` opens when no platform is configured. Never loaded in production.
 */
import { readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import express, { type Express, type Router } from 'express';
import { type App, type AppOptions, startApp } from './app.js';
import type { Config } from './config.js';
import type { Log } from './core/log.js';
import { features } from './features/index.js';
import { createBeginning } from './sandbox/beginning.js';
import {
  demoSeed,
  emptySeed,
  type Sandbox,
  type SandboxOptions,
  savedBeginning,
  startSandbox,
} from './sandbox/index.js';
import type { Beginning } from './sandbox/model.js';

const page = fileURLToPath(new URL('../dist/sandbox-page/', import.meta.url));
const demoFile = new URL('../db/demo/alliance.yaml', import.meta.url);

/** Where the demo file says that its Teams side is reached; the sandbox may listen elsewhere. */
const DECLARED_URL = 'http://127.0.0.1:4100/';

const commands = features.flatMap((feature) => feature.commands ?? []);

const hints = [
  ...commands.map(({ name, summary, usage }) => ({ word: name, summary, usage })),
  { word: 'entente', summary: 'Home: what waits for me, and what I can do.', usage: '[help, or any command]' },
];

const menus = commands.flatMap(({ name, menu }) => (menu === undefined ? [] : [{ id: `menu.${name}`, label: menu }]));

const seeds = { demo: demoSeed, empty: emptySeed } as const;

/** The demo alliance, pointed at this sandbox. */
export const demoAlliance = (sandbox: Sandbox): string =>
  readFileSync(demoFile, 'utf8').replaceAll(DECLARED_URL, sandbox.teams.serviceUrl);

/** Where a browser on this machine reaches Entente. */
const localUrl = (port: number): string => `http://localhost:${port}`;

/**
 * The configuration under which the real Bolt and botbuilder code talks to the sandbox. Where the sandbox began empty there
 * is no token from the start: Slack's people install Entente themselves.
 */
export const sandboxConfig = (config: Config, sandbox: Sandbox): Config => ({
  ...config,
  secret: config.secret ?? sandbox.secret,
  publicUrl: config.publicUrl ?? localUrl(config.port),
  slack: {
    ...(sandbox.begun() === 'demo' ? { botToken: sandbox.botToken } : {}),
    signingSecret: sandbox.signingSecret,
    apiUrl: sandbox.slackApiUrl,
    oauth: {
      clientId: sandbox.clientId,
      clientSecret: sandbox.clientSecret,
      publicUrl: config.publicUrl ?? localUrl(config.port),
    },
  },
  teams: {
    appId: sandbox.teams.appId,
    password: 'sandbox',
    appType: 'MultiTenant',
    tenantId: '',
    anonymous: false,
    local: sandbox.teams,
  },
});

/** A sandbox whose platforms call Entente on `port` of this machine. */
export const openSandbox = (port: number, options: Partial<SandboxOptions> = {}): Promise<Sandbox> =>
  startSandbox({
    world: demoSeed,
    slackEventsUrl: `http://127.0.0.1:${port}/slack/events`,
    teamsMessagesUrl: `http://127.0.0.1:${port}/api/messages`,
    commands: hints,
    menus,
    installUrl: `${localUrl(port)}/slack/install`,
    ...options,
  });

/**
 * A port that was free a moment ago: the sandbox must know where Entente will listen before it does. Below the range
 * from which the system takes ports for outgoing connections, so that none of those gets in between.
 */
export const freePort = async (): Promise<number> => {
  const port = 20_000 + Math.floor(Math.random() * 12_000);
  const free = await new Promise<boolean>((resolve) => {
    const probe = createServer().once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
  return free ? port : freePort();
};

const mountPage = (app: Express, sandbox: Sandbox, beginning: Router): void => {
  app.use('/sandbox/api', beginning, sandbox.control);
  app.use('/', express.static(page));
};

/** The path of a SQLite database; none for another one. */
const pathOf = ({ databaseUrl }: Config): string | undefined => /^file:(?!\/\/)(.+)$/.exec(databaseUrl)?.[1];

const forget = (path: string): void => {
  for (const end of ['', '-wal', '-shm']) rmSync(`${path}${end}`, { force: true });
};

const NOT_HERE =
  'Only a SQLite database can begin anew from here. Start Entente with an empty database of yours instead.';

export interface Demo {
  readonly app: App;
  readonly sandbox: Sandbox;
  /** Stops Entente, forgets its database and both workplaces, and starts it again on the same port. */
  begin(next: Beginning): Promise<void>;
  stop(): Promise<void>;
}

/** What begins anew: one at a time, and the next only once the last is done. */
const createQueue = (log: Log) => {
  let last: Promise<unknown> = Promise.resolve();
  return {
    add: (work: () => Promise<void>): Promise<void> => {
      const done = last.then(work);
      last = done.catch((error: unknown) => log.error({ err: error }, 'beginning anew failed'));
      return done;
    },
    idle: (): Promise<unknown> => last,
  };
};

const openPersisted = (port: number, file: string | undefined, log: Log, first: Beginning): Promise<Sandbox> => {
  const persistPath = file === undefined ? undefined : join(dirname(file), 'sandbox-workplaces.json');
  const saved = persistPath === undefined ? undefined : savedBeginning(persistPath);
  return openSandbox(port, { persistPath, log, world: seeds[saved ?? first] });
};

/** `begin` decides how a sandbox begins that has no file yet. */
export const startDemo = async (
  config: Config,
  log: Log,
  options: Partial<AppOptions> & { readonly begin?: Beginning } = {},
): Promise<Demo> => {
  const { begin: first = 'demo', ...appOptions } = options;
  const file = pathOf(config);
  const port = config.port === 0 ? await freePort() : config.port;
  const sandbox = await openPersisted(port, file, log, first);
  const queue = createQueue(log);
  const begin = (next: Beginning): Promise<void> =>
    queue.add(async () => {
      if (file === undefined) throw new Error(NOT_HERE);
      sandbox.leavePages();
      await app.stop();
      forget(file);
      sandbox.begin(seeds[next]);
      app = await start();
    });
  // The queue has said what went wrong.
  const beginning = createBeginning(
    (next) => void begin(next).catch(() => {}),
    file === undefined ? NOT_HERE : undefined,
  );
  const start = (): Promise<App> =>
    startApp({
      config: sandboxConfig({ ...config, port }, sandbox),
      log,
      alliance: sandbox.begun() === 'demo' ? demoAlliance(sandbox) : undefined,
      now: sandbox.now,
      realNow: Date.now,
      mount: (http) => mountPage(http, sandbox, beginning),
      ...appOptions,
    });
  let app = await start();
  return {
    get app() {
      return app;
    },
    sandbox,
    begin,
    stop: async () => {
      await queue.idle();
      sandbox.leavePages();
      await app.stop();
      await sandbox.close();
    },
  };
};
