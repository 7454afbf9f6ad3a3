import { sql } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { createNotes, insertNote, noteIds, noteTables } from '../../../test/notes.js';
import { eachEngine } from '../../../test/stores.js';
import { DatabaseError, WriteTimeout } from './failure.js';
import type { Store, Tx } from './store.js';

const gate = () => {
  let open: () => void = () => undefined;
  const passed = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open: () => open(), passed };
};
const never = () => new Promise<never>(() => undefined);

eachEngine('a write', (openStore) => {
  const open = async (): Promise<Store> => {
    const store = await openStore();
    await createNotes(store);
    return store;
  };

  it('is all there once it is answered, and gives what its callback gave', async () => {
    const store = await open();
    const answer = await store.write(async (tx) => {
      await insertNote(tx, 'a');
      await insertNote(tx, 'b');
      return noteIds(tx);
    });
    expect(answer).toEqual(['a', 'b']);
    expect(await noteIds(store.read)).toEqual(['a', 'b']);
  });

  it('leaves nothing behind when its callback throws', async () => {
    const store = await open();
    const failed = store.write(async (tx) => {
      await insertNote(tx, 'a');
      throw new Error('no');
    });
    await expect(failed).rejects.toThrow('no');
    expect(await noteIds(store.read)).toEqual([]);
  });

  it('is not seen before it is committed', async () => {
    const store = await open();
    const wrote = gate();
    const look = gate();
    const writing = store.write(async (tx) => {
      await insertNote(tx, 'a');
      wrote.open();
      await look.passed;
    });
    await wrote.passed;
    expect(await noteIds(store.read)).toEqual([]);
    look.open();
    await writing;
    expect(await noteIds(store.read)).toEqual(['a']);
  });

  it('refuses another write inside it at once, instead of waiting for itself', async () => {
    const store = await open();
    const nested = store.write(() => store.write((tx) => noteIds(tx)));
    await expect(nested).rejects.toThrow('Inside a write only its own transaction may be used.');
  });

  it('refuses the other doors of the store inside it', async () => {
    const store = await open();
    const sentence = 'Inside a write only its own transaction may be used.';
    await expect(store.write(() => noteIds(store.read))).rejects.toThrow(sentence);
    await expect(store.write(() => store.snapshot(noteIds))).rejects.toThrow(sentence);
    await expect(store.write(() => store.notify('x'))).rejects.toThrow(sentence);
  });

  it('gives up after its time and undoes only itself', async () => {
    const store = await open();
    let late: Tx | undefined;
    const slow = store.write(
      async (tx) => {
        await insertNote(tx, 'slow');
        late = tx;
        await never();
      },
      { timeoutMs: 30 },
    );
    const quick = store.write((tx) => insertNote(tx, 'quick'));
    await expect(slow).rejects.toThrow(WriteTimeout);
    await quick;
    expect(await noteIds(store.read)).toEqual(['quick']);
    await expect(insertNote(late!, 'later')).rejects.toThrow('outside its write');
  });

  it('refuses what a callback that ran out of time still tries', async () => {
    const store = await open();
    const go = gate();
    const tried = gate();
    let refusal: unknown;
    const slow = store.write(
      async (tx) => {
        await go.passed;
        await insertNote(tx, 'late').catch((error: unknown) => {
          refusal = error;
        });
        tried.open();
      },
      { timeoutMs: 20 },
    );
    await expect(slow).rejects.toThrow(WriteTimeout);
    go.open();
    await tried.passed;
    expect(refusal).toEqual(new Error('A transaction was used after its write was over.'));
    expect(await noteIds(store.read)).toEqual([]);
  });

  it('saves nothing when a failed statement is ignored', async () => {
    const store = await open();
    const ignoring = store.write(async (tx) => {
      await insertNote(tx, 'a');
      await insertNote(tx, 'a').catch(() => undefined);
    });
    await expect(ignoring).rejects.toThrow(DatabaseError);
    expect(await noteIds(store.read)).toEqual([]);
  });

  it('takes statements that are started together', async () => {
    const store = await open();
    await store.write((tx) => Promise.all(['a', 'b', 'c'].map((id) => insertNote(tx, id))));
    expect(await noteIds(store.read)).toEqual(['a', 'b', 'c']);
  });

  it('numbers without gaps however many write at once and however many fail', async () => {
    const store = await open();
    const { notes, tallies } = noteTables(store);
    const record = (id: number) =>
      store.write(
        async (tx) => {
          const [tally] = await tx
            .insert(tallies)
            .values({ id: 'D', value: 1 })
            .onConflictDoUpdate({ target: tallies.id, set: { value: sql`${tallies.value} + 1` } })
            .returning();
          await tx.insert(notes).values({ id: `${id}`, n: tally!.value });
          if (id % 7 === 3) throw new Error('changed my mind');
          return tally!.value;
        },
        { scope: 'one' },
      );
    const outcomes = await Promise.allSettled(Array.from({ length: 80 }, (_, id) => record(id)));
    const numbers = outcomes.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    expect(numbers).toHaveLength(69);
    expect(numbers.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 69 }, (_, index) => index + 1));
    const kept = await store.read.select({ n: notes.n }).from(notes).orderBy(notes.n);
    expect(kept.map((row) => row.n)).toEqual(Array.from({ length: 69 }, (_, index) => index + 1));
  });

  it('lets read-decide-write code of one scope take turns', async () => {
    const store = await open();
    const { tallies } = noteTables(store);
    await store.write((tx) => tx.insert(tallies).values({ id: 'x', value: 0 }));
    const raise = () =>
      store.write(
        async (tx) => {
          const [row] = await tx.select().from(tallies);
          await tx.update(tallies).set({ value: row!.value + 1 });
        },
        { scope: 'x' },
      );
    await Promise.all(Array.from({ length: 30 }, raise));
    expect(await store.read.select().from(tallies)).toEqual([{ id: 'x', value: 30 }]);
  });

  it('calls its hooks in order after the commit, and never when it is rolled back', async () => {
    const store = await open();
    const heard: string[] = [];
    const writes = ['a', 'b', 'c'].map((id) =>
      store.write(
        async (tx) => {
          tx.afterCommit(() => heard.push(`${id}1`));
          await insertNote(tx, id);
          tx.afterCommit(() => heard.push(`${id}2`));
          if (id === 'b') throw new Error('no');
          expect(heard).not.toContain(`${id}1`);
        },
        { scope: 'one' },
      ),
    );
    await Promise.allSettled(writes);
    expect(heard).toEqual(['a1', 'a2', 'c1', 'c2']);
  });

  it('lets a hook start the next write', async () => {
    const store = await open();
    const next = gate();
    await store.write(async (tx) => {
      tx.afterCommit(() => void store.write((later) => insertNote(later, 'next')).then(next.open));
      await insertNote(tx, 'first');
    });
    await next.passed;
    expect(await noteIds(store.read)).toEqual(['first', 'next']);
  });

  it('is finished before the store closes, and refused afterwards', async () => {
    const url = await openStore();
    await createNotes(url);
    const writing = url.write((tx) => insertNote(tx, 'a'));
    const closing = url.close();
    await expect(writing).resolves.not.toThrow();
    await closing;
    await expect(url.write((tx) => insertNote(tx, 'b'))).rejects.toThrow('The database is closing.');
  });

  it('fails with the code and the statement, never with what people wrote', async () => {
    const store = await open();
    const error = await store
      .write(async (tx) => {
        await insertNote(tx, 'a secret');
        await insertNote(tx, 'a secret');
      })
      .catch((thrown: unknown) => thrown as DatabaseError);
    expect(error).toBeInstanceOf(DatabaseError);
    expect(JSON.stringify([error, String(error), (error as Error).stack])).not.toContain('secret');
    expect((error as DatabaseError).code).toBe(
      { sqlite: 'SQLITE_CONSTRAINT_PRIMARYKEY', postgres: '23505' }[store.dialect],
    );
    expect((error as DatabaseError).statement).toContain('insert into "notes"');
  });
});
