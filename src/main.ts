import { readFileSync } from 'node:fs';
import { startApp } from './app.js';
import { complaintOf } from './complaint.js';
import { type Config, environmentConfig } from './config.js';
import type { Log } from './core/log.js';
import { createLog } from './log.js';

/** Longer than everything that stop() waits for; a process that still runs then is stuck. */
const EXIT_MS = 10_000;

const readAlliance = (path: string): string => {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : 'no answer';
    throw new Error(`The file that ALLIANCE_FILE names cannot be read (${code}). Check the path, and who may read it.`);
  }
};

const startLive = async (config: Config, log: Log): Promise<() => Promise<void>> => {
  const alliance = config.allianceFile === undefined ? undefined : readAlliance(config.allianceFile);
  const app = await startApp({ config, log, alliance });
  log.info({ port: app.port, platforms: [config.slack && 'slack', config.teams && 'teams'].filter(Boolean) }, 'ready');
  return app.stop;
};

const startSandbox = async (config: Config, log: Log): Promise<() => Promise<void>> => {
  const { startDemo } = await import('./demo.js');
  const demo = await startDemo(config, log);
  process.stdout.write(`No platform is configured: open the sandbox on http://localhost:${demo.app.port}\n`);
  return demo.stop;
};

const stopOnSignal = (log: Log, stop: () => Promise<void>): void => {
  let stopping = false;
  const leave = (signal: string): void => {
    if (stopping) return;
    stopping = true;
    log.info({ signal }, 'stopping');
    setTimeout(() => process.exit(1), EXIT_MS).unref();
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, 'stopping failed');
        process.exit(1);
      },
    );
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => leave(signal));
};

const main = async (config: Config): Promise<void> => {
  const sandbox = config.mode === 'sandbox';
  const log = createLog(config.logLevel, { pretty: sandbox });
  stopOnSignal(log, await (sandbox ? startSandbox(config, log) : startLive(config, log)));
};

let config: Config | undefined;
try {
  config = environmentConfig();
  await main(config);
} catch (error) {
  process.stderr.write(`${complaintOf(error, config)}\n`);
  process.exit(1);
}
