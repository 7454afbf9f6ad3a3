import { randomBytes } from 'node:crypto';
/*
 * Wires everything with plain arguments. Starting order: database, alliance, entries of the log, web and webhooks, deliveries. Stopping is
 * the reverse: no new calls, those in flight answered, lanes given back, database closed.
 */
import { sql } from 'drizzle-orm';
import type { Express } from 'express';
import type { Config } from './config.js';
import { readFeed } from './core/calendar/feed.js';
import { cardsHealth } from './core/cards-health.js';
import { createDaily } from './core/daily/daily.js';
import { openStore } from './core/db/open.js';
import type { Store } from './core/db/store.js';
import { refusedDeliveries } from './core/delivery.js';
import { parseAlliance } from './core/directory/alliance-file.js';
import { loadAllianceFile } from './core/directory/load.js';
import { isKnownWorkspace } from './core/directory/resolve.js';
import { fillEntries } from './core/entries/filling.js';
import { exposedChannels } from './core/exposure.js';
import type { Feature } from './core/feature.js';
import { forgottenPeople } from './core/forgetting.js';
import type { Instant } from './core/ids.js';
import { createInbound } from './core/inbound.js';
import { createInstallations } from './core/installations.js';
import type { Log } from './core/log.js';
import { newIdAt } from './core/new-id.js';
import { type Patience, usualPatience } from './core/outcomes.js';
import type { Platform } from './core/platform.js';
import { createReconciler } from './core/reconciler.js';
import { startTick } from './core/tick.js';
import { createVault } from './core/vault.js';
import { features as allFeatures } from './features/index.js';
import { permissions } from './features/permissions.js';
import { createPlatforms } from './platforms/index.js';
import { CALENDAR_ROUTE, tellCalendar } from './web/calendar.js';
import type { Part } from './web/health.js';
import { createMetrics } from './web/metrics.js';
import { createWeb } from './web/server.js';

export interface AppOptions {
  readonly config: Config;
  readonly log: Log;
  /** The alliance to load, as YAML; none keeps what the database holds. */
  readonly alliance?: string;
  readonly now?: () => Instant;
  /** The clock of the outside world, where `now` is another one: see Surroundings. */
  readonly realNow?: () => Instant;
  readonly patience?: Patience;
  /** False switches our own pacing off, for measuring only. */
  readonly paced?: boolean;
  /** Pages besides the webhooks. */
  readonly mount?: (app: Express) => void;
  readonly features?: readonly Feature[];
}

export interface App {
  readonly port: number;
  readonly store: Store;
  /** Finishes what is in flight; within 10 s. */
  stop(): Promise<void>;
}

/** A supervisor waits ten seconds: calls in flight have half of them, what is being delivered has nearly all. */
const CLOSE_MS = 5_000;
const STOP_MS = 9_000;

const probe = async (
  store: Store,
  platforms: readonly Platform[],
  started: () => boolean,
): Promise<readonly Part[]> => {
  const database = await store.read.rows(sql`select 1 as one`).then(
    () => undefined,
    () => 'no answer',
  );
  const problem = started() ? undefined : 'starting';
  return [{ name: 'database', problem: database }, ...platforms.map(({ id }) => ({ name: id, problem }))];
};

const within = async (ms: number, work: Promise<unknown>): Promise<void> => {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([work, limit]);
  clearTimeout(timer);
};

export const startApp = async (options: AppOptions): Promise<App> => {
  const { config, log } = options;
  const now = options.now ?? Date.now;
  const patience = options.patience ?? usualPatience;
  const newId = () => newIdAt(now());
  // Without a secret what is derived lasts as long as the process: codes can then be renewed, not shown again.
  const vault = createVault(config.secret ?? randomBytes(32).toString('hex'), config.oldSecrets);
  const { derive } = vault;
  const alliance = options.alliance === undefined ? undefined : parseAlliance(options.alliance);
  const store = await openStore(config.databaseUrl, log);
  if (alliance) await loadAllianceFile(store, alliance, newId, now());

  const offered = new Map((options.features ?? allFeatures).map((one) => [one.name, one]));
  const daily = createDaily({ features: offered, permissions, log });
  const features = new Map(
    [...offered.values(), daily, refusedDeliveries, exposedChannels, forgottenPeople].map((one) => [one.name, one]),
  );
  await fillEntries({ store, features, now });
  const metrics = createMetrics({ cardsHealth: () => cardsHealth(store.read, now()), log });
  let started = false;
  const web = createWeb({ log, metrics, ready: () => probe(store, platforms, () => started) });
  const platforms = createPlatforms(config, {
    http: web.app,
    log,
    now,
    realNow: options.realNow ?? now,
    allows: (platform, workspace) => isKnownWorkspace(store.read, { platform, workspace }),
    installations: createInstallations({ store, vault, now }),
    derive,
    paced: options.paced ?? true,
  });
  const byId = new Map(platforms.map((platform) => [platform.id, platform]));
  const { publicUrl } = config;
  const reconciler = createReconciler({
    store,
    features,
    platforms: byId,
    now,
    newId,
    publicUrl,
    random: Math.random,
    log,
    count: (what, platform) => what === 'retried' && metrics.retried(platform),
    patience,
  });
  const { nudge } = reconciler;
  const inbound = createInbound({
    store,
    features,
    platforms: byId,
    permissions,
    now,
    newId,
    derive,
    log,
    nudge,
    publicUrl,
  });
  for (const platform of platforms) await platform.start(inbound);
  const feed = { store, features, now, derive, publicUrl };
  web.app.get(CALENDAR_ROUTE, tellCalendar({ read: (address) => readFeed(feed, address), now }));
  options.mount?.(web.app);
  const served = await web.listen(config.host, config.port);
  started = true;
  await reconciler.start();
  const { tickMs, wakeLeaseMs } = patience;
  const alarms = { store, features, platforms: byId, now, newId, derive, publicUrl, log, nudge };
  const tick = startTick({ ...alarms, tickMs, wakeLeaseMs });

  return {
    port: served.port,
    store,
    stop: async () => {
      started = false;
      // All at once: what is being sent when the process is told to stop needs the time that calls take to be answered.
      const delivered = Promise.all([tick.stop(), reconciler.stop()]);
      const answered = Promise.all([served.close(CLOSE_MS), ...platforms.map((platform) => platform.stop())]);
      await within(STOP_MS, Promise.all([delivered, within(CLOSE_MS, answered)]));
      await store.close();
    },
  };
};
