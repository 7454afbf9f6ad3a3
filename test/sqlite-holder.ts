/** Opens the SQLite file it is given, writes to it and says how far it came, until it is killed. */
import { openStore } from '../src/core/db/open.js';
import { createNotes, noteTables } from './notes.js';

const store = await openStore(process.argv[2] ?? '');
await createNotes(store);
const { notes } = noteTables(store);
for (let n = 1; ; n++) {
  await Promise.all([0, 1, 2].map((part) => store.write((tx) => tx.insert(notes).values({ id: `${n}.${part}`, n }))));
  process.stdout.write(`${n}\n`);
}
