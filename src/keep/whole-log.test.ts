import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { strFromU8, unzipSync } from 'fflate';
import { expect, it, onTestFinished } from 'vitest';
import { copyFor, openFull } from '../../test/house/copies.js';
import type { House } from '../../test/house/house.js';
import { recordWhole, subjectCalled } from '../../test/house/whole-log.js';
import { eachEngine } from '../../test/stores.js';
import { pagesOf } from '../core/copy/pages.js';
import { openStore } from '../core/db/open.js';
import { entryTables } from '../core/tables.js';
import { verifyAlliance } from '../core/verify.js';
import { actionTables } from '../features/actions/tables.js';
import { decisionTables } from '../features/decisions/tables.js';
import { features } from '../features/index.js';
import { importCopy } from './import.js';

const now = () => Date.UTC(2026, 11, 1, 9);

const faultsIn = async ({ store, alliance }: House): Promise<readonly string[]> =>
  (await verifyAlliance({ ...pagesOf(store, now), features }, alliance)).faults;

eachEngine('a log with everything that can happen in it', (openAny, engine) => {
  const openWhole = async (): Promise<House> => {
    const house = await openFull(await openAny());
    onTestFinished(() => house.reconciler.stop());
    await recordWhole(house);
    return house;
  };

  it('names each part of a decision or an action that was altered directly', async () => {
    const house = await openWhole();
    const { store } = house;
    expect(await faultsIn(house)).toEqual([]);
    const { decisions } = decisionTables(store.read);
    const { actions } = actionTables(store.read);
    const idOf = async (label: string) => (await subjectCalled(house, label)).id;
    /** Alters a row, gives what is found, and puts it back. */
    const decided = async (label: string, set: Partial<typeof decisions.$inferSelect>) => {
      const where = eq(decisions.id, await idOf(label));
      const [before] = await store.read.select().from(decisions).where(where);
      await store.write(async (tx) => void (await tx.update(decisions).set(set).where(where)));
      const found = await faultsIn(house);
      await store.write(
        async (tx) =>
          void (await tx
            .update(decisions)
            .set(before ?? {})
            .where(where)),
      );
      return found;
    };
    const acted = async (label: string, set: Partial<typeof actions.$inferSelect>) => {
      const where = eq(actions.id, await idOf(label));
      const [before] = await store.read.select().from(actions).where(where);
      await store.write(async (tx) => void (await tx.update(actions).set(set).where(where)));
      const found = await faultsIn(house);
      await store.write(
        async (tx) =>
          void (await tx
            .update(actions)
            .set(before ?? {})
            .where(where)),
      );
      return found;
    };
    expect(await decided('D-4', { kind: 'people' })).toEqual(['D-4: its kind is not as the history tells']);
    expect(await decided('D-4', { reviewOn: '2030-01-01' })).toEqual([
      'D-4: its day of review is not as the history tells',
    ]);
    expect(await decided('D-4', { disputeReason: 'Never mind' })).toEqual([
      'D-4: its dispute is not as the history tells',
    ]);
    expect(await decided('D-4', { status: 'agreed' })).toContainEqual(
      expect.stringContaining("D-4: its status is 'Agreed', and the history left it at 'Disputed'"),
    );
    expect(await decided('D-5', { revisitBy: null })).toContainEqual(
      'D-5: its answer to the review is not as the history tells',
    );
    expect(await decided('D-3', { replaces: await idOf('D-5') })).toContainEqual(
      'D-3: its relation to an older decision is not as the history tells',
    );
    expect(await decided('D-1', { supersededBy: await idOf('D-4') })).toContainEqual(
      'D-1: its relation to the decision that took its place is not as the history tells',
    );
    expect(await decided('D-1', { status: 'agreed', supersededBy: null })).toContainEqual(
      expect.stringContaining("D-1: its status is 'Agreed', and the history left it at 'Superseded'"),
    );
    expect(await decided('D-1', { recordedFor: 'another' })).toContainEqual(
      'D-1: it was recorded by somebody else, or at another time',
    );
    expect(await acted('A-1', { ownerId: 'somebody' })).toContainEqual('A-1: its owner is not as the history tells');
    expect(await acted('A-2', { dueOn: '2031-01-01' })).toContainEqual('A-2: its due day is not as the history tells');
    expect(await acted('A-2', { dueWas: '2031-01-01' })).toContainEqual(
      'A-2: the day it was due on before is not as the history tells',
    );
    expect(await acted('A-2', { reason: 'None' })).toContainEqual('A-2: its reason is not as the history tells');
    expect(await acted('IA-1', { status: 'open' })).toContainEqual(
      expect.stringContaining("IA-1: its status is 'Open', and the history left it at 'Done'"),
    );
    expect(await acted('A-1', { text: 'Send nothing' })).toContainEqual(
      'A-1: its text is not the one that was recorded',
    );
    expect(await faultsIn(house)).toEqual([]);
    const id = await idOf('A-2');
    await store.write(async (tx) => {
      const { entries } = entryTables(tx);
      await tx.delete(entries).where(eq(entries.subjectId, id));
      await tx.delete(actions).where(eq(actions.id, id));
    });
    expect(await faultsIn(house)).toContainEqual(expect.stringMatching(/^A-2: it was recorded at .*its row is gone$/));
  });

  it('stands in each company’s copy with all that happened, and nothing of the other’s own', async () => {
    const house = await openWhole();
    const csv = (await copyFor(house, 'Acme Bio', 'csv')).toString();
    const theirs = (await copyFor(house, 'Nova Pharma', 'csv')).toString();
    const document = strFromU8(
      unzipSync(await copyFor(house, 'Acme Bio', 'docx'))['word/document.xml'] ?? new Uint8Array(),
    );
    const data = (await copyFor(house, 'Acme Bio', 'jsonl')).toString();
    for (const text of [csv, data])
      for (const word of [
        'No money for that',
        'JSC 11 Dec',
        '2027-06-01',
        'supersededBy',
        'amends',
        'The hotel is full',
        'hand-over',
      ])
        expect(text).toContain(word);
    for (const word of [
      'Disputed by: ',
      'Ben Ito (Nova Pharma)',
      'Superseded by: ',
      'Review on: ',
      'Hand over',
      'Due was: ',
    ])
      expect(document).toContain(word);
    expect([csv.includes('IA-1,action'), theirs.includes('IA-1'), theirs.includes('what we want')]).toEqual([
      true,
      false,
      false,
    ]);
    expect(theirs).toContain('A-1,action,1');
  });

  it('comes back with its labels, relations and past, and goes on', async () => {
    const house = await openWhole();
    const csv = (await copyFor(house, 'Acme Bio', 'csv')).toString();
    const folder = await mkdtemp(join(tmpdir(), 'entente-whole-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const path = join(folder, 'copy.csv');
    const databaseUrl = await engine.freshUrl();
    const within = async <T>(work: (one: House) => Promise<T>): Promise<T> => {
      const store = await openStore(databaseUrl);
      const one = await openFull(store);
      try {
        return await work(one);
      } finally {
        await one.reconciler.stop();
        await store.close();
      }
    };
    await within(async () => {});
    const take = async (text: string) => {
      await writeFile(path, text);
      return (await importCopy({ databaseUrl, features, now, path, dryRun: false })).text;
    };
    expect(await take(csv.replaceAll('""supersedes"":""D-1""', '""supersedes"":""D-3""'))).toContain(
      'it supersedes D-3, which is no older decision',
    );
    expect(await take(csv.replaceAll('""supersededBy"":""D-3""', '""supersededBy"":""D-77""'))).toContain(
      'D-1 names D-77, which is neither in the file nor in the log',
    );
    expect(await take(csv.replace(',superseded,', ',agreed,'))).toContain(
      "it is superseded by D-3, and its status is 'agreed'",
    );
    expect(await take(csv)).toContain('8 records were imported');
    expect(await take(csv)).toContain('holds all 8 records of this file already');
    await within(async (one) => {
      expect((await copyFor(one, 'Acme Bio', 'csv')).toString()).toBe(csv);
      expect(await faultsIn(one)).toEqual([]);
      const { entries } = entryTables(one.store.read);
      const [older] = await one.store.read.select().from(entries).where(eq(entries.label, 'D-1'));
      expect(older).toMatchObject({ status: 'Superseded by D-3', live: false });
      const subject = await subjectCalled(one, 'D-3');
      const card = await one.press('ana', { interaction: 'decisions.history', subject });
      expect(JSON.stringify(card.view)).toContain('Imported');
      one.clock.at += 86_400_000;
      const dispute = { interaction: 'decisions.dispute', subject, values: { reason: 'Too rare' } } as const;
      expect((await one.press('ben', dispute)).outcome).toBe('done');
      expect((await one.press('ana', { interaction: 'decisions.withdraw', subject })).outcome).toBe('done');
      const [stands] = await one.store.read.select().from(entries).where(eq(entries.label, 'D-1'));
      expect(stands).toMatchObject({ status: 'Agreed', live: true });
      expect(JSON.stringify((await one.say('ana', 'action me send the notes tomorrow')).view)).toContain(
        'Recorded as A-3',
      );
      expect(await faultsIn(one)).toEqual([]);
    });
  });
});
