/*
 * Entente beside its sandbox: what `npm start` opens when no platform is configured. Never loaded in production.
 */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import express, { type Express } from 'express';
import { type App, type AppOptions, startApp } from './app.js';
import type { Config } from './config.js';
import type { Log } from './core/log.js';
import { features } from './features/index.js';
import { demoSeed, type Sandbox, type SandboxOptions, startSandbox } from './sandbox/index.js';

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

/** The demo alliance, pointed at this sandbox. */
export const demoAlliance = (sandbox: Sandbox): string =>
  readFileSync(demoFile, 'utf8').replaceAll(DECLARED_URL, sandbox.teams.serviceUrl);

/** The configuration under which the real Bolt and botbuilder code talks to the sandbox. */
export const sandboxConfig = (config: Config, sandbox: Sandbox): Config => ({
  ...config,
  slack: { botToken: sandbox.botToken, signingSecret: sandbox.signingSecret, apiUrl: sandbox.slackApiUrl },
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

const mountPage = (app: Express, sandbox: Sandbox): void => {
  app.use('/sandbox/api', sandbox.control);
  app.use('/', express.static(page));
};

export const startDemo = async (
  config: Config,
  log: Log,
  options: Partial<AppOptions> = {},
): Promise<{ app: App; sandbox: Sandbox; stop(): Promise<void> }> => {
  const file = /^file:(?!\/\/)(.+)$/.exec(config.databaseUrl)?.[1];
  const persistPath = file === undefined ? undefined : join(dirname(file), 'sandbox-workplaces.json');
  const port = config.port === 0 ? await freePort() : config.port;
  const sandbox = await openSandbox(port, { persistPath, log });
  const app = await startApp({
    config: sandboxConfig({ ...config, port }, sandbox),
    log,
    alliance: demoAlliance(sandbox),
    mount: (http) => mountPage(http, sandbox),
    ...options,
  });
  return {
    app,
    sandbox,
    stop: async () => {
      sandbox.leavePages();
      await app.stop();
      await sandbox.close();
    },
  };
};
