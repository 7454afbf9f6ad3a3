import { readFileSync } from 'node:fs';
import { startApp } from './app.js';
import { type Config, ConfigError, environmentConfig } from './config.js';
import type { Log } from './core/log.js';
import { createLog } from './log.js';

/** Longer than everything that stop() waits for; a process that still runs then is stuck. */
const EXIT_MS = 10_000;

const startLive = async (config: Config, log: Log): Promise<() => Promise<void>> => {
  const alliance = config.allianceFile === undefined ? undefined : readFileSync(config.allianceFile, 'utf8');
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

/** An operator's mistake is said in a sentence; the way it came helps only with our own. */
const complain = (error: unknown, config?: Config): string => {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof ConfigError) return error.message;
  if ('code' in error && error.code === 'EADDRINUSE')
    return `Entente cannot start. Port ${config?.port} is taken: stop what uses it, or set PORT to another one.`;
  return `Entente cannot start. ${error.constructor === Error ? error.message : error.stack}`;
};

let config: Config | undefined;
try {
  config = environmentConfig();
  await main(config);
} catch (error) {
  process.stderr.write(`${complain(error, config)}\n`);
  process.exit(1);
}
