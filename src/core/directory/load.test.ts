import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { demoAlliance } from '../../../test/house/house.js';
import { eachEngine } from '../../../test/stores.js';
import type { Store } from '../db/store.js';
import { parseAlliance } from './alliance-file.js';
import { loadAllianceFile } from './load.js';
import { directoryTables } from './tables.js';

const everything = async ({ read }: Store) => {
  const tables = directoryTables(read);
  const rows: Record<string, unknown[]> = {};
  for (const [name, table] of Object.entries(tables))
    rows[name] = await read.select().from(table as typeof tables.people);
  return rows;
};

const load = (store: Store, yaml: string) =>
  loadAllianceFile(store, parseAlliance(yaml), randomUUID, Date.UTC(2026, 10, 23));

eachEngine('the alliance file', (openStore) => {
  it('can be loaded again and again', async () => {
    const store = await openStore();
    await load(store, demoAlliance);
    const first = await everything(store);
    await load(store, demoAlliance);
    expect(await everything(store)).toEqual(first);
  });

  it('adds a company’s holidays, and leaves those that were said in chat', async () => {
    const store = await openStore();
    await load(store, demoAlliance);
    const { holidays, partners } = directoryTables(store.read);
    const [acme] = await store.read.select().from(partners).where(eq(partners.name, 'Acme Bio'));
    const partnerId = acme?.id ?? '';
    const said = { partnerId, on: '2027-01-04', name: 'Closed' };
    await store.write(async (tx) => {
      await tx.insert(holidays).values(said);
    });
    await load(
      store,
      demoAlliance.replace('slack: { team: T01ACME }', '$&, holidays: [{ on: 2026-12-25, name: Christmas }]'),
    );
    expect(await store.read.select().from(holidays).orderBy(holidays.on)).toEqual([
      { partnerId, on: '2026-12-25', name: 'Christmas' },
      said,
    ]);
  });

  it('is the same alliance after it was renamed', async () => {
    const store = await openStore();
    const before = await load(store, demoAlliance);
    expect(await load(store, demoAlliance.replace('Acme and Nova', 'Horizon'))).toBe(before);
  });

  it('is another alliance of the same companies when it has another name and other channels', async () => {
    const store = await openStore();
    const first = await load(store, demoAlliance);
    const other = demoAlliance
      .replace('Acme and Nova', 'Acme and Nova in Asia')
      .replace('C01JSC', 'C09ASIA')
      .replace('19:jsc@', '19:asia@');
    const second = await load(store, other);
    expect(second).not.toBe(first);
    expect([await load(store, demoAlliance), await load(store, other)]).toEqual([first, second]);
    const { channels } = directoryTables(store.read);
    expect(await store.read.$count(channels)).toBe(4);
  });

  it('is not an alliance of other companies that has the same name', async () => {
    const store = await openStore();
    const first = await load(store, demoAlliance);
    const others = demoAlliance
      .replaceAll('T01ACME', 'T07KILO')
      .replaceAll('11111111-1111-1111-1111-111111111111', '77777777-1111-1111-1111-111111111111');
    expect(await load(store, others)).not.toBe(first);
    expect(await load(store, demoAlliance)).toBe(first);
  });

  it('leaves what was changed in chat since as it is, until the file changes', async () => {
    const store = await openStore();
    await load(store, demoAlliance);
    const { seats, members } = directoryTables(store.read);
    const roles = async () => (await store.read.select().from(seats)).map(({ role }) => role).sort();
    const declared = await roles();
    await store.write(async (tx) => {
      await tx.update(directoryTables(tx).seats).set({ role: 'guest' });
      await tx.update(directoryTables(tx).members).set({ professional: false });
    });
    await load(store, demoAlliance);
    expect(new Set(await roles())).toEqual(new Set(['guest']));
    expect((await store.read.select().from(members)).some(({ professional }) => professional)).toBe(false);
    await load(store, demoAlliance.replace('Joint Steering Committee', 'Steering Committee'));
    expect(await roles()).toEqual(declared);
  });

  it('does not close a channel again that others were seen to read', async () => {
    const store = await openStore();
    await load(store, demoAlliance);
    await store.write((tx) => tx.update(directoryTables(tx).channels).set({ shared: true, surveyedAt: 1 }));
    await load(store, demoAlliance.replace('Joint Steering Committee', 'Steering Committee'));
    const { channels } = directoryTables(store.read);
    expect((await store.read.select().from(channels)).every(({ shared }) => shared)).toBe(true);
  });

  it('keeps what Teams told since, until the file says otherwise', async () => {
    const store = await openStore();
    const { channels } = directoryTables(store.read);
    const serviceUrls = async () =>
      (await store.read.select().from(channels)).flatMap((row) => row.detail.serviceUrl ?? []);
    await load(store, demoAlliance);
    await store.write(async (tx) => {
      const detail = { serviceUrl: 'https://learned/', declaredUrl: 'http://127.0.0.1:4100/' };
      const { eq } = await import('drizzle-orm');
      await tx.update(channels).set({ detail }).where(eq(channels.platform, 'teams'));
    });
    await load(store, demoAlliance);
    expect(await serviceUrls()).toEqual(['https://learned/']);
    await load(store, demoAlliance.replace('127.0.0.1:4100', '127.0.0.1:4200'));
    expect(await serviceUrls()).toEqual(['http://127.0.0.1:4200/']);
  });
});

it('names every mistake in the file at once', () => {
  const broken = demoAlliance
    .replace('Europe/Zurich', 'Europe/Basel')
    .replace('person: bob', 'person: bobby')
    .replace('role: observer', 'role: boss');
  expect(() => parseAlliance(broken)).toThrow(/Europe\/Zurich[\s\S]*role/);
  expect(() => parseAlliance(demoAlliance.replace('person: bob', 'person: bobby'))).toThrow(/'bobby'/);
});
