/*
 * Whatever people of both companies do, in any order: both sides' cards show the record as it is, numbers have no gaps,
 * the chain of each history holds, and the log says what the cards say.
 *
 * LOG_RUNS=1000 draws more of them; PROPERTY_SEED and PROPERTY_PATH draw a failed one again.
 */
import { eq } from 'drizzle-orm';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { openStore } from '../../src/core/db/open.js';
import { presentCard } from '../../src/core/delivery.js';
import { ownAudience, sharedAudience } from '../../src/core/directory/audience.js';
import { directoryOf, listPartners } from '../../src/core/directory/reads.js';
import { directoryTables } from '../../src/core/directory/tables.js';
import { chainOf, findBrokenEntry } from '../../src/core/history.js';
import type { PartnerId } from '../../src/core/ids.js';
import { cardTables, entryTables, historyTables } from '../../src/core/tables.js';
import type { RecordView, View } from '../../src/core/view.js';
import { features } from '../../src/features/index.js';
import { permissions } from '../../src/features/permissions.js';
import { allianceWithLanes, type House, openHouse } from '../house/house.js';
import { eachEngine } from '../stores.js';
import { take, type Walk, walked } from './steps.js';

const runs = Number(process.env.LOG_RUNS ?? 40);
const again = {
  ...(process.env.PROPERTY_SEED && { seed: Number(process.env.PROPERTY_SEED) }),
  ...(process.env.PROPERTY_PATH && { path: process.env.PROPERTY_PATH }),
};

/** What both companies must see alike: a link opens for one of them only, and delivery is told of the other. */
const shared = ({ kind, label, title, status, facts, buttons }: RecordView) => ({
  ...{ kind, label, title, status, buttons },
  facts: facts.filter((fact) => fact.label !== 'From'),
});

const expectDrawn = async ({ store, alliance, clock, slack, teams, parts }: House): Promise<void> => {
  const { cards, lanes: rows } = cardTables(store.read);
  const { channels } = directoryTables(store.read);
  const all = await store.read
    .select({ card: cards, lane: rows, shared: channels.shared })
    .from(cards)
    .innerJoin(rows, eq(rows.id, cards.laneId))
    .innerJoin(channels, eq(channels.id, cards.channelId));
  const everybody = await sharedAudience(store.read, alliance);
  const read = { db: store.read, now: clock.at, directory: directoryOf(store.read, clock.at) };
  const seen = new Map<string, View>();
  for (const { card, lane, shared: open } of all.filter(({ card: one }) => one.ref !== null)) {
    const audience = open ? everybody : ownAudience(alliance, card.partnerId as PartnerId);
    const subject = { feature: card.feature, id: card.subjectId };
    const view = await presentCard(parts.features, subject, read, audience);
    const shown = (lane.platform === 'slack' ? slack : teams).standing().get(card.ref?.message ?? '');
    expect(shown).toEqual(view);
    if (view?.kind !== 'record') continue;
    const other = seen.get(subject.id);
    if (other?.kind === 'record') expect(shared(view)).toEqual(shared(other));
    seen.set(subject.id, view);
  }
};

/** Each series counts 1, 2, 3 ... among those that read it; and the log says of each what its card says. */
const expectLog = async ({ store, alliance, clock, parts }: House): Promise<void> => {
  const { entries } = entryTables(store.read);
  const rows = await store.read.select().from(entries).orderBy(entries.id);
  const series = new Map<string, number[]>();
  const read = { db: store.read, now: clock.at, directory: directoryOf(store.read, clock.at) };
  const [first] = await listPartners(store.read, alliance);
  for (const row of rows) {
    const [letters = '', number] = row.label.split('-');
    const key = `${row.visibility} ${letters}`;
    series.set(key, [...(series.get(key) ?? []), Number(number)]);
    const audience = ownAudience(alliance, (row.visibility || first?.id) as PartnerId);
    const view = await presentCard(parts.features, { feature: row.feature, id: row.subjectId }, read, audience);
    expect(view).toMatchObject({ kind: 'record', label: row.label });
    expect(view?.kind === 'record' && view.status).toContain(row.status);
  }
  for (const [key, numbers] of series)
    expect(
      numbers.sort((a, b) => a - b),
      `numbers of ${key}`,
    ).toEqual(numbers.map((_, at) => at + 1));
};

const expectChains = async ({ store, alliance }: House): Promise<void> => {
  const { history } = historyTables(store.read);
  const chains = await store.read.selectDistinct({ id: history.allianceId }).from(history);
  for (const { id } of chains) expect(await findBrokenEntry(store.read, id as typeof alliance)).toBeUndefined();
  expect(chains.every(({ id }) => id === alliance || id.startsWith(chainOf(alliance, '' as PartnerId)))).toBe(true);
};

eachEngine('the record, whatever both companies do', (_open, { dialect, freshUrl }) => {
  const numRuns = Math.ceil(dialect === 'sqlite' ? runs : runs / 4);
  it('is what both sides’ cards and the log show', { timeout: 300_000 }, async () => {
    const holds = fc.asyncProperty(walked, async (steps) => {
      // Not the suite's own stores: a hundred of them would stay open until the end.
      const store = await openStore(await freshUrl());
      const house = await openHouse(store, { features, permissions, alliance: allianceWithLanes });
      try {
        const walk: Walk = { house, offers: [] };
        for (const one of steps) await take(walk, one);
        await house.settle();
        await expectDrawn(house);
        await expectLog(house);
        await expectChains(house);
      } finally {
        await house.reconciler.stop();
        await store.close();
      }
    });
    await fc.assert(holds, { numRuns, ...again });
  });
});
