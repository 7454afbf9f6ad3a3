import { afterAll, onTestFinished, TestRunner } from 'vitest';
import { type App, type AppOptions, startApp } from '../../src/app.js';
import type { Config } from '../../src/config.js';
import { usualPatience } from '../../src/core/outcomes.js';
import { demoAlliance, freePort, openSandbox, sandboxConfig } from '../../src/demo.js';
import { createLog } from '../../src/log.js';
import { type Client, connect } from '../../src/sandbox/client.js';
import type { Sandbox, SandboxOptions } from '../../src/sandbox/index.js';
import type { Message, Outcome } from '../../src/sandbox/model.js';

export const ana = { side: 'slack', person: 'U01ANA' } as const;
export const bob = { side: 'slack', person: 'U02BOB' } as const;
export const zoe = { side: 'slack', person: 'U09ZOE' } as const;
export const ben = { side: 'teams', person: 'aaaaaaaa-0000-0000-0000-000000000001' } as const;
export const mei = { side: 'teams', person: 'aaaaaaaa-0000-0000-0000-000000000002' } as const;
export const kai = { side: 'teams', person: 'aaaaaaaa-0000-0000-0000-000000000009' } as const;

export const jsc = { slack: 'C01JSC', teams: '19:jsc@thread.tacv2' } as const;

export interface Flow {
  readonly app: App;
  readonly sandbox: Sandbox;
  readonly client: Client;
  readonly base: string;
  /** A second Entente on the same database, at a port of its own. */
  replica(): Promise<App>;
  /** Entente stops and starts again on the same database; the outside world stays. */
  restart(): Promise<void>;
  /** The card of a decision on a side, once its text contains `match`. */
  card(side: 'slack' | 'teams', match: string): Promise<Message>;
}

/** Somebody in both channels who does nothing, so that no private answer can be taken for a card. */
const READER = { slack: 'U09ZOE', teams: kai.person } as const;

const quickPatience = { ...usualPatience, firstRetryMs: 50, longestRetryMs: 400 };

const baseConfig = (port: number, databaseUrl: string): Config => ({
  mode: 'live',
  production: false,
  host: '127.0.0.1',
  port,
  databaseUrl,
  logLevel: 'silent',
});

/** Entente as in production on a real port, and both platforms' stand-ins, driven over HTTP. */
export const openFlow = async (
  databaseUrl: string,
  sandboxOptions: Partial<SandboxOptions> = {},
  appOptions: Partial<AppOptions> = {},
): Promise<Flow> => {
  const port = await freePort();
  // Whoever stands in front of several replicas is where browsers find them, too.
  const { slackEventsUrl: front } = sandboxOptions;
  const publicUrl = front === undefined ? {} : { publicUrl: new URL(front).origin };
  const sandbox = await openSandbox(port, { retryScale: 0.001, ...sandboxOptions });
  const start = (at = port): Promise<App> =>
    startApp({
      config: sandboxConfig({ ...baseConfig(at, databaseUrl), ...publicUrl }, sandbox),
      log: createLog('silent'),
      alliance: sandbox.begun() === 'demo' ? demoAlliance(sandbox) : undefined,
      now: sandbox.now,
      realNow: Date.now,
      patience: quickPatience,
      paced: false,
      ...appOptions,
    });
  let app = await start();
  const replicas: App[] = [];
  const undo = async () => {
    for (const one of [app, ...replicas]) await one.stop();
    await sandbox.close();
  };
  if (TestRunner.getCurrentTest()) onTestFinished(undo);
  else afterAll(undo);
  const client = connect(`${sandbox.url}/control`);
  return {
    get app() {
      return app;
    },
    sandbox,
    client,
    base: `http://127.0.0.1:${port}`,
    replica: async () => {
      const one = await start(await freePort());
      replicas.push(one);
      return one;
    },
    restart: async () => {
      await app.stop();
      app = await start();
    },
    card: (side, match) =>
      client.awaitMessage({ side, conversation: jsc[side], match, person: READER[side], timeoutMs: 10_000 }),
  };
};

/** What Entente said to this person, as they read it. */
export const said = (outcome: Outcome): string => outcome.answers.map((message) => message.plain).join('\n');
