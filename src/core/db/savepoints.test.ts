import { expect, it } from 'vitest';
import { createNotes, insertNote, noteIds } from '../../../test/notes.js';
import { eachEngine } from '../../../test/stores.js';
import { DatabaseError } from './failure.js';
import type { Store } from './store.js';

eachEngine('a savepoint', (openStore) => {
  const open = async (): Promise<Store> => {
    const store = await openStore();
    await createNotes(store);
    return store;
  };

  it('undoes only itself, its hooks included', async () => {
    const store = await open();
    const heard: string[] = [];
    await store.write(async (tx) => {
      await insertNote(tx, 'a');
      const failed = tx.savepoint(async (inner) => {
        await insertNote(inner, 'b');
        inner.afterCommit(() => heard.push('b'));
        await insertNote(inner, 'a');
      });
      await expect(failed).rejects.toThrow(DatabaseError);
      await tx.savepoint(async (inner) => {
        await insertNote(inner, 'c');
        inner.afterCommit(() => heard.push('c'));
      });
    });
    expect(await noteIds(store.read)).toEqual(['a', 'c']);
    expect(heard).toEqual(['c']);
  });

  it('nests', async () => {
    const store = await open();
    await store.write((tx) =>
      tx.savepoint(async (outer) => {
        await insertNote(outer, 'outer');
        await outer
          .savepoint(async (inner) => {
            await insertNote(inner, 'inner');
            throw new Error('no');
          })
          .catch(() => undefined);
      }),
    );
    expect(await noteIds(store.read)).toEqual(['outer']);
  });
});
