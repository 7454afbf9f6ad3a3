/*
 * Run by itself, so that its memory is its own: writes each file of a copy of a large log to nowhere, and says how much
 * more memory that took than the process had before, and how much of it was in use at most.
 */
import { setImmediate as turn } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { formats, writeCopy } from '../src/core/copy/files.js';
import { pagesOf } from '../src/core/copy/pages.js';
import { openStore } from '../src/core/db/open.js';
import { ownAudience } from '../src/core/directory/audience.js';
import type { AllianceId, PartnerId } from '../src/core/ids.js';
import { withFile } from '../src/core/spool.js';
import { features } from '../src/features/index.js';

const [url = '', count = '0'] = process.argv.slice(2);
const alliance = 'a1' as AllianceId;
const own = 'p1' as PartnerId;

const store = await openStore(url);
const source = { ...pagesOf(store, Date.now), features };

/** As many decisions as were asked for, agreed, with reasons of usual length. */
const fill = async (): Promise<void> => {
  const numbers = sql.raw(`with recursive n(i) as (select 1 union all select i + 1 from n where i < ${Number(count)})`);
  await store.write(
    async (tx) => {
      for (const statement of [
        sql`insert into alliances (id, name, time_zone) values ('a1', 'Acme and Nova', 'UTC')`,
        sql`insert into partners (id, alliance_id, name) values ('p1', 'a1', 'Acme Bio'), ('p2', 'a1', 'Nova Pharma')`,
        sql`insert into people (id, name) values ('ana', 'Ana Ruiz'), ('ben', 'Ben Ito')`,
        sql`insert into members (partner_id, person_id, professional) values ('p1', 'ana', true), ('p2', 'ben', true)`,
        sql`insert into committees (id, alliance_id, key, name) values ('c1', 'a1', 'JSC', 'Joint Steering Committee')`,
        sql`${numbers} insert into decisions (id, alliance_id, number, committee_id, visibility, status, revision, recorded_by, recorded_for, recorded_at) select 'd' || i, 'a1', i, 'c1', '', 'agreed', 1, 'ana', 'p1', i from n`,
        sql`${numbers} insert into decision_wordings (decision_id, revision, text, because, person_id, at) select 'd' || i, 1, 'Meet every ' || i || ' days and send the minutes to both companies within a week', 'because ' || i || ' of the talks before were too short to settle what was open', 'ana', i from n`,
        sql`${numbers} insert into decision_confirmations (decision_id, revision, partner_id, person_id, at) select 'd' || i, 1, 'p1', 'ana', i from n`,
        sql`${numbers} insert into history (alliance_id, seq, at, person_id, feature, subject_id, verb, detail, hash) select 'a1', i, i, 'ana', 'decisions', 'd' || i, 'recorded', '{"number":' || i || ',"text":"Meet every ' || i || ' days and send the minutes to both companies within a week"}', 'x' from n`,
      ])
        await tx.rows(statement);
    },
    { timeoutMs: 120_000 },
  );
};

const MB = 1024 * 1024;
const rss = (): number => process.memoryUsage().rss / MB;

/** What is held, however much more the process has taken from the system. */
const held = async (): Promise<number> => {
  // What was freed by the first one lets go of what it held outside of the heap a turn later.
  global.gc?.();
  await turn();
  global.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / MB;
};

await fill();
await turn();
const atFirst = await held();
const before = rss();
let most = before;
let live = atFirst;
const watch = setInterval(() => {
  most = Math.max(most, rss());
}, 20);

/** Looking takes longer than writing a piece: it is done after so many bytes. */
const EACH = 2 * MB;

async function* watched(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let written = 0;
  for await (const piece of pieces) {
    yield piece;
    written += piece.length;
    if (written < EACH) continue;
    written = 0;
    live = Math.max(live, await held());
  }
  live = Math.max(live, await held());
}

const sizes: Record<string, number> = {};
for (const format of formats)
  await withFile(watched(writeCopy(source, format, ownAudience(alliance, own), own)), async ({ size }) => {
    sizes[format] = size;
  });
clearInterval(watch);
const added = Math.round(Math.max(most, rss()) - before);
process.stdout.write(JSON.stringify({ added, held: Math.round((live - atFirst) * 10) / 10, sizes }));
await store.close();
