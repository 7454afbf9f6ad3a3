import { onTestFinished } from 'vitest';
import type { Config } from '../../src/config.js';
import { type Patience, usualPatience } from '../../src/core/outcomes.js';
import { demoAlliance, openSandbox, sandboxConfig } from '../../src/demo.js';
import type { Sandbox, SandboxOptions } from '../../src/sandbox/index.js';
import { type Door, openDoor } from './door.js';
import type { Order } from './entente.js';
import { busyWorld } from './newcomers.js';
import { killAll } from './replica.js';

/** What stays while processes of Entente come and go: both platforms, and the address at which they call Entente. */
export interface Outside {
  readonly sandbox: Sandbox;
  readonly door: Door;
  /** What a process is told to serve on this database. */
  order(databaseUrl: string, patience?: Partial<Patience>): Order;
}

const quick: Patience = { ...usualPatience, firstRetryMs: 50, longestRetryMs: 400 };

const configOn = (databaseUrl: string, publicUrl: string): Config => ({
  mode: 'live',
  production: false,
  host: '127.0.0.1',
  port: 0,
  databaseUrl,
  publicUrl,
  logLevel: 'error',
});

/** `times` above one delivers each call of the platforms so often at once. */
export const openOutside = async (options: Partial<SandboxOptions> = {}, times = 1): Promise<Outside> => {
  const door = await openDoor(times);
  const sandbox = await openSandbox(0, {
    slackEventsUrl: `${door.url}/slack/events`,
    teamsMessagesUrl: `${door.url}/api/messages`,
    installUrl: `${door.url}/slack/install`,
    ...busyWorld,
    enforcePace: false,
    retryScale: 0.005,
    ...options,
  });
  onTestFinished(async () => {
    killAll();
    await door.close();
    await sandbox.close();
  });
  return {
    sandbox,
    door,
    order: (databaseUrl, patience = {}) => ({
      config: sandboxConfig(configOn(databaseUrl, door.url), sandbox),
      token: sandbox.teams.token(),
      alliance: demoAlliance(sandbox),
      patience: { ...quick, ...patience },
    }),
  };
};
