import { and, eq, gt, sql } from 'drizzle-orm';
import { expect, it, onTestFinished } from 'vitest';
import { fill, openFull, partnerCalled } from '../../test/house/copies.js';
import type { House } from '../../test/house/house.js';
import { eachEngine } from '../../test/stores.js';
import { openStore } from '../core/db/open.js';
import type { Tx } from '../core/db/store.js';
import { chainOf } from '../core/history.js';
import { counterTables, entryTables, historyTables } from '../core/tables.js';
import { decisionTables } from '../features/decisions/tables.js';
import { features } from '../features/index.js';
import { type Checked, verify } from './verify.js';

const now = () => Date.UTC(2026, 11, 1, 9);

eachEngine('looking for what was changed behind Entente’s back', (_open, engine) => {
  /** A full log that somebody with the database in their hands did `work` to. */
  const after = async (work: (tx: Tx, house: House) => Promise<unknown>): Promise<Checked> => {
    const url = await engine.freshUrl();
    const store = await openStore(url);
    onTestFinished(() => store.close());
    const house = await openFull(store);
    onTestFinished(() => house.reconciler.stop());
    await fill(house);
    await store.write(async (tx) => void (await work(tx, house)));
    // Beside Entente: the file is open and locked meanwhile.
    return verify(url, features, now, undefined);
  };
  const idOf = async (tx: Tx, number: number): Promise<string> => {
    const { decisions } = decisionTables(tx);
    const rows = await tx.select().from(decisions).where(eq(decisions.number, number));
    return rows.find((row) => row.visibility === '')?.id ?? '';
  };

  it('finds nothing in a sound log, and gives the heads to compare', async () => {
    const { sound, text } = await after(async () => {});
    expect(text).toMatch(/Shared history: \d+ entries follow; the last hash is [0-9a-f]{64}\./);
    expect(text).toMatch(/Own history of Nova Pharma: \d+ entries follow/);
    expect(text).toContain('Everything is as it was recorded.');
    expect(sound).toBe(true);
  });

  it('names the first entry that was altered, removed or put there', async () => {
    const altered = await after(async (tx, { alliance }) => {
      const { history } = historyTables(tx);
      const where = and(eq(history.allianceId, alliance), eq(history.verb, 'revised'));
      await tx
        .update(history)
        .set({ detail: { revision: 2, text: 'Never' } })
        .where(where);
    });
    expect(altered.sound).toBe(false);
    expect(altered.text).toMatch(/Shared history: entry \d+ \(D-2, 'revised' at 2026-11-23 09:02 UTC\) was altered/);
    const removed = await after(async (tx, { alliance }) => {
      const { history } = historyTables(tx);
      await tx.delete(history).where(and(eq(history.allianceId, alliance), eq(history.seq, 2)));
    });
    expect(removed.text).toMatch(/Shared history: entry 2 is missing: the next one that stands there is 3/);
    const inserted = await after(async (tx, { alliance, store }) => {
      const { history } = historyTables(tx);
      const acme = chainOf(alliance, await partnerCalled({ ...store, read: tx }, 'Acme Bio'));
      const [first] = await tx.select().from(history).where(eq(history.allianceId, acme)).orderBy(history.seq);
      await tx.insert(history).values({ ...first!, seq: 99 });
    });
    expect(inserted.text).toMatch(
      /Own history of Acme Bio: entry \d+ is missing: the next one that stands there is 99/,
    );
  });

  it('names a record whose wording, status or confirmation was altered in the table', async () => {
    const worded = await after(async (tx) => {
      const { wordings } = decisionTables(tx);
      await tx
        .update(wordings)
        .set({ text: 'Meet daily' })
        .where(eq(wordings.decisionId, await idOf(tx, 1)));
    });
    expect(worded.text).toContain('D-1: its wording is not the one that was recorded at 2026-11-23 09:00 UTC.');
    const status = await after(async (tx) => {
      const { decisions } = decisionTables(tx);
      await tx
        .update(decisions)
        .set({ status: 'agreed' })
        .where(eq(decisions.id, await idOf(tx, 3)));
    });
    expect(status.text).toContain(
      "D-3: its status is 'Agreed', and the history left it at 'Withdrawn' at 2026-11-23 09:03 UTC.",
    );
    const confirmed = await after(async (tx, { store }) => {
      const { confirmations } = decisionTables(tx);
      const partnerId = await partnerCalled({ ...store, read: tx }, 'Nova Pharma');
      await tx
        .insert(confirmations)
        .values({ decisionId: await idOf(tx, 2), revision: 2, partnerId, personId: 'somebody', at: 1 });
    });
    expect(confirmed.text).toContain('D-2: a confirmation of wording 2 stands there and was never given.');
  });

  it('names a record that was taken away, or put there', async () => {
    const gone = await after(async (tx) => {
      const { decisions } = decisionTables(tx);
      await tx.delete(decisions).where(eq(decisions.id, await idOf(tx, 2)));
    });
    expect(gone.text).toContain('D-2: it was recorded at 2026-11-23 09:01 UTC, and its row is gone.');
    const added = await after(async (tx) => {
      const { decisions, wordings } = decisionTables(tx);
      const id = await idOf(tx, 1);
      const [row] = await tx.select().from(decisions).where(eq(decisions.id, id));
      const [wording] = await tx.select().from(wordings).where(eq(wordings.decisionId, id));
      await tx.insert(decisions).values({ ...row!, id: 'added', number: 4 });
      await tx.insert(wordings).values({ ...wording!, decisionId: 'added' });
      const { counters } = counterTables(tx);
      await tx.update(counters).set({ value: sql`${counters.value} + 1` });
    });
    expect(added.text).toContain('D-4: it stands in the table, and the history tells nothing of it.');
  });

  it('finds a tail that was cut off by the records and numbers that it leaves', async () => {
    const tail = await after(async (tx, { alliance }) => {
      const { history } = historyTables(tx);
      const [last] = await tx
        .select({ seq: sql<number>`max(seq)` })
        .from(history)
        .where(eq(history.allianceId, alliance));
      await tx.delete(history).where(and(eq(history.allianceId, alliance), gt(history.seq, Number(last?.seq) - 1)));
    });
    expect(tail.text).toContain("D-3: its status is 'Withdrawn', and the history left it at 'Recorded'");
    const whole = await after(async (tx, { alliance }) => {
      const { history } = historyTables(tx);
      const id = await idOf(tx, 3);
      await tx.delete(history).where(and(eq(history.allianceId, alliance), eq(history.subjectId, id)));
      const { decisions, wordings, confirmations } = decisionTables(tx);
      const { entries } = entryTables(tx);
      await tx.delete(entries).where(eq(entries.subjectId, id));
      await tx.delete(confirmations).where(eq(confirmations.decisionId, id));
      await tx.delete(wordings).where(eq(wordings.decisionId, id));
      await tx.delete(decisions).where(eq(decisions.id, id));
    });
    expect(whole.text).toContain('D-3: its number was given, and its row is gone.');
  });

  it('finds a list that is searched and says something else', async () => {
    const { text } = await after(async (tx) => {
      const { entries } = entryTables(tx);
      await tx.update(entries).set({ title: 'Meet daily' }).where(eq(entries.label, 'D-1'));
    });
    expect(text).toContain('D-1: the list that is searched does not say what it says.');
  });
});
