/* Entente as built, started as src/main.ts starts it, with Teams' signing keys on this machine. */
import { and, count, eq, gt } from 'drizzle-orm';
import type { App, AppOptions } from '../../../src/app.js';
import type { Config } from '../../../src/config.js';
import { answerStarter, givenOptions } from '../processes.js';
import { appId, botToken, connectorToken, mixedAlliance, signingSecret } from '../world.js';
import type { Platforms } from './platforms.js';

export interface EntenteOptions {
  readonly databaseUrl: string;
  readonly platforms: Platforms;
  /**
   * How cards go out: 'paced' as the platforms' limits allow, which is how Entente ships; 'unpaced' as fast as they can;
   * 'held' not at all.
   */
  readonly deliveries: 'paced' | 'unpaced' | 'held';
  /** None leaves the alliance that the database holds. */
  readonly alliance?: string;
}

const built = <T>(path: string): Promise<T> => import(new URL(`../../${path}`, import.meta.url).href);
const { startApp } = await built<typeof import('../../../src/app.js')>('app.js');
const { createLog } = await built<typeof import('../../../src/log.js')>('log.js');
const { usualPatience } = await built<typeof import('../../../src/core/outcomes.js')>('core/outcomes.js');

const { wakeTables } = await built<typeof import('../../../src/core/wake-tables.js')>('core/wake-tables.js');
const { cardTables } = await built<typeof import('../../../src/core/tables.js')>('core/tables.js');

const { decisionTables } =
  await built<typeof import('../../../src/features/decisions/tables.js')>('features/decisions/tables.js');

const { databaseUrl, platforms, deliveries, alliance } = givenOptions<EntenteOptions>();

const config: Config = {
  mode: 'live',
  production: true,
  host: '127.0.0.1',
  port: 0,
  databaseUrl,
  logLevel: 'warn',
  slack: { botToken, signingSecret, apiUrl: platforms.slackApiUrl },
  teams: {
    appId,
    password: 'bench',
    appType: 'MultiTenant',
    tenantId: '',
    anonymous: false,
    local: {
      openIdMetadataUrl: platforms.openIdMetadataUrl,
      issuer: platforms.issuer,
      token: () => connectorToken,
    },
  },
};

const options: AppOptions = {
  config,
  log: createLog('warn'),
  alliance: alliance ?? mixedAlliance(platforms.teamsUrl),
  paced: deliveries === 'paced',
  patience: { ...usualPatience, lanesAtOnce: deliveries === 'held' ? 0 : usualPatience.lanesAtOnce },
};
const app: App = await startApp(options);

/** Decisions that the other company has not confirmed, oldest first. */
const unconfirmed = async (): Promise<string[]> => {
  const { decisions } = decisionTables(app.store.read);
  const { read } = app.store;
  const rows = await read.select().from(decisions).where(eq(decisions.status, 'recorded')).orderBy(decisions.number);
  return rows.map((row) => row.id);
};

/** What is left to do of what was set to ring. */
export interface Ringing {
  readonly wakes: number;
  /** Cards that nobody sees yet as they are. */
  readonly behind: number;
}

const ofMeetings = eq(wakeTables(app.store.read).wakes.feature, 'meetings');

/** From now on everything that meetings have set is due. */
const ring = async (): Promise<void> => {
  const { wakes } = wakeTables(app.store.read);
  await app.store.write(async (tx) => void (await tx.update(wakes).set({ dueAt: Date.now() }).where(ofMeetings)));
};

const ringing = async (): Promise<Ringing> => {
  const { wakes } = wakeTables(app.store.read);
  const { cards } = cardTables(app.store.read);
  const [left] = await app.store.read.select({ count: count() }).from(wakes).where(ofMeetings);
  const unseen = and(eq(cards.feature, 'meetings'), gt(cards.wanted, cards.shown));
  const [behind] = await app.store.read.select({ count: count() }).from(cards).where(unseen);
  return { wakes: left?.count ?? 0, behind: behind?.count ?? 0 };
};

answerStarter({ port: app.port }, { unconfirmed, ring, ringing }, () => app.stop());
