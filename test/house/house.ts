import { createHash, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { pino } from 'pino';
import { onTestFinished } from 'vitest';
import { cardsHealth } from '../../src/core/cards-health.js';
import { createDaily } from '../../src/core/daily/daily.js';
import type { Store } from '../../src/core/db/store.js';
import { refusedDeliveries } from '../../src/core/delivery.js';
import { parseAlliance } from '../../src/core/directory/alliance-file.js';
import { loadAllianceFile } from '../../src/core/directory/load.js';
import { exposedChannels } from '../../src/core/exposure.js';
import type { Feature } from '../../src/core/feature.js';
import { forgottenPeople } from '../../src/core/forgetting.js';
import type { AllianceId } from '../../src/core/ids.js';
import { createInbound } from '../../src/core/inbound.js';
import { usualPatience } from '../../src/core/outcomes.js';
import type { Permissions } from '../../src/core/permission.js';
import type { Answer, Call, Inbound, PressCall, Quote, Word } from '../../src/core/platform.js';
import { createReconciler, type Reconciler, type ReconcilerParts } from '../../src/core/reconciler.js';
import type { Subject } from '../../src/core/view.js';
import { createFakePlatform, type FakePlatform } from './fake-platform.js';

export const demoAlliance = readFileSync(new URL('../../db/demo/alliance.yaml', import.meta.url), 'utf8');

const ACME = { platform: 'slack', workspace: 'T01ACME' } as const;
const NOVA = { platform: 'teams', workspace: '11111111-1111-1111-1111-111111111111' } as const;
const novaUser = (n: number) => `aaaaaaaa-0000-0000-0000-00000000000${n}`;

/** The people of the demo alliance, and one stranger on each side. */
export const people = {
  ana: { ...ACME, user: 'U01ANA' },
  bob: { ...ACME, user: 'U02BOB' },
  zoe: { ...ACME, user: 'U09ZOE' },
  ben: { ...NOVA, user: novaUser(1) },
  mei: { ...NOVA, user: novaUser(2) },
  jun: { ...NOVA, user: novaUser(3) },
} as const;

export type Who = keyof typeof people;

export const channels = { slack: 'C01JSC', teams: '19:jsc@thread.tacv2' } as const;

/** Each company's own lane, in `allianceWithLanes`. */
export const lanes = { slack: 'C03OWN', teams: '19:own@thread.tacv2' } as const;

export const allianceWithLanes = demoAlliance.replace(
  'channels:\n',
  `channels:
      - { slack: { team: ${ACME.workspace}, channel: ${lanes.slack}, internal: true } }
      - { teams: { tenant: ${NOVA.workspace}, conversation: '${lanes.teams}', serviceUrl: 'http://127.0.0.1:4100/', internal: true } }
`,
);

const PATIENCE_MS = 10_000;

export interface House {
  readonly store: Store;
  readonly alliance: AllianceId;
  readonly inbound: Inbound;
  readonly reconciler: Reconciler;
  /** What it was made of, for tests that need another one. */
  readonly parts: ReconcilerParts;
  readonly slack: FakePlatform;
  readonly teams: FakePlatform;
  /** Epoch ms; moved by tests. */
  readonly clock: { at: number };
  /** As whoever runs it would have it: see Work. */
  readonly derive: (purpose: string) => Uint8Array;
  call(who: Who, conversation?: string, direct?: boolean): Call;
  say(
    who: Who,
    text: string | readonly Word[],
    more?: { conversation?: string; direct?: boolean; quote?: Quote },
  ): Promise<Answer>;
  press(
    who: Who,
    press: Pick<PressCall, 'interaction'> & { subject?: Subject; values?: Record<string, string> },
    more?: { conversation?: string; direct?: boolean },
  ): Promise<Answer>;
  /** Delivers everything that waits; a card that stays behind fails the test instead of hanging it. */
  settle(): Promise<void>;
  health(): ReturnType<typeof cardsHealth>;
}

export interface HouseOptions {
  readonly features: readonly Feature[];
  readonly patience?: Partial<typeof usualPatience>;
  readonly permissions?: Permissions;
  /** An alliance file; the demo alliance unless told. */
  readonly alliance?: string;
  /** Share the platforms of another house: a second replica on the same database. */
  readonly beside?: House;
  readonly publicUrl?: string;
}

/** The core on a real database, with the demo alliance, and platforms that take views as they are. */
export const openHouse = async (store: Store, options: HouseOptions): Promise<House> => {
  const clock = options.beside?.clock ?? { at: Date.UTC(2026, 10, 23, 9) };
  const now = () => clock.at;
  const newId = randomUUID;
  const log = pino({ level: 'silent' });
  const alliance = (await loadAllianceFile(
    store,
    parseAlliance(options.alliance ?? demoAlliance),
    newId,
    now(),
  )) as AllianceId;
  const offered = new Map(options.features.map((one) => [one.name, one]));
  const daily = createDaily({ features: offered, permissions: options.permissions });
  const features = new Map(
    [...offered.values(), daily, refusedDeliveries, exposedChannels, forgottenPeople].map((one) => [one.name, one]),
  );
  const slack = options.beside?.slack ?? createFakePlatform('slack');
  const teams = options.beside?.teams ?? createFakePlatform('teams');
  const parts: ReconcilerParts = {
    store,
    features,
    platforms: new Map([slack, teams].map((platform) => [platform.id, platform])),
    now,
    newId,
    random: () => 0.5,
    log,
    count: () => {},
    patience: { ...usualPatience, ...options.patience },
    publicUrl: options.publicUrl,
  };
  const reconciler = createReconciler(parts);
  const derive = (purpose: string) => createHash('sha256').update(`test ${purpose}`).digest();
  const inbound = createInbound({
    ...parts,
    permissions: options.permissions,
    derive,
    nudge: reconciler.nudge,
    doubtMs: 250,
  });
  const call = (who: Who, conversation?: string, direct = false): Call => {
    const caller = people[who];
    const spot = { platform: caller.platform, workspace: caller.workspace, direct };
    return { id: newId(), caller, spot: { ...spot, conversation: conversation ?? channels[caller.platform] } };
  };
  return {
    store,
    alliance,
    inbound,
    reconciler,
    parts,
    slack,
    teams,
    clock,
    derive,
    call,
    say: (who, text, more = {}) =>
      inbound.command({
        ...call(who, more.conversation, more.direct),
        words: typeof text === 'string' ? [text] : text,
        quote: more.quote,
      }),
    press: (who, press, more = {}) =>
      inbound.press({ ...call(who, more.conversation, more.direct), values: {}, ...press }),
    settle: async () => {
      const start = performance.now();
      while ((await cardsHealth(store.read, clock.at)).behind > 0) {
        if (performance.now() - start > PATIENCE_MS) throw new Error('waited in vain until no card is behind');
        reconciler.nudge();
        await new Promise((resolve) => setImmediate(resolve));
      }
    },
    health: () => cardsHealth(store.read, clock.at),
  };
};

/** The house's deliveries end with the test. */
export const closing = (house: House): House => {
  onTestFinished(() => house.reconciler.stop());
  return house;
};
