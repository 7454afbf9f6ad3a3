/**
 * Entente in a process of its own, so that it can be killed. It loads, waits for its order, serves, and ends with the test
 * that started it. Unlike main.ts it can be told of the sandbox's identities, which no environment carries.
 */
import { destination } from 'pino';
import { startApp } from '../../src/app.js';
import type { Config } from '../../src/config.js';
import type { Patience } from '../../src/core/outcomes.js';
import { createLog } from '../../src/log.js';
import { type Course, nowOn } from './course.js';

/** Everything by value: it crosses a process boundary. */
export interface Order {
  readonly config: Config;
  /** The token of `config.teams.local`. */
  readonly token: string;
  readonly alliance: string;
  readonly patience: Patience;
  /** Goes by this clock, and by later ones that it is told; else by this machine's. */
  readonly course?: Course;
}

const configOf = ({ config, token }: Order): Config => {
  const { teams } = config;
  return teams?.local ? { ...config, teams: { ...teams, local: { ...teams.local, token: () => token } } } : config;
};

const clockOf = (order: Order): (() => number) => {
  let { course } = order;
  process.on('message', (told: { readonly course?: Course }) => {
    course = told.course ?? course;
  });
  return () => (course ? nowOn(course) : Date.now());
};

const serve = async (order: Order): Promise<void> => {
  const { alliance, patience } = order;
  const now = clockOf(order);
  const config = configOf(order);
  const log = createLog(config.logLevel, { to: destination({ dest: 2, sync: true }) });
  const app = await startApp({ config, log, alliance, patience, paced: false, now, realNow: Date.now });
  process.on('SIGTERM', () => app.stop().then(() => process.exit(0)));
  process.send?.({ port: app.port });
};

process.once('disconnect', () => process.exit(1));
process.once('message', (order: Order) => {
  serve(order).catch((error: Error) => {
    process.stderr.write(`${error.stack}\n`);
    process.exit(1);
  });
});
process.send?.('loaded');
