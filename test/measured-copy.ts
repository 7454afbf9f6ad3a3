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

const [url = '', count = '0', meetings = '0'] = process.argv.slice(2);
const alliance = 'a1' as AllianceId;
const own = 'p1' as PartnerId;

const store = await openStore(url);
const source = { ...pagesOf(store, Date.now), features };

/** Meetings of twenty items each, with a paper, an answer, a position and a line of minutes on each. */
const meetingRows = () => {
  const most = Math.max(Number(meetings), 20);
  const numbers = sql.raw(
    `with recursive n(i) as (select 1 union all select i + 1 from n where i < ${most}), k(j) as (select i from n where i <= 20)`,
  );
  const each = sql.raw(`from n where i <= ${Number(meetings)}`);
  const items = sql.raw(`from n cross join k where i <= ${Number(meetings)}`);
  return [
    sql`${numbers} insert into meeting_series (id, alliance_id, committee_id, starts_at, zone, minutes, sequence, changed_at, created_by, created_for, created_at) select 's' || i, 'a1', 'c1', '2026-12-11T14:00', 'UTC', 90, 0, i, 'ana', 'p1', i ${each}`,
    sql`${numbers} insert into meetings (id, alliance_id, number, series_id, committee_id, original, starts_at, zone, minutes, status, sequence, changed_at, opened_at, opened_by, closed_at, closed_by) select 'm' || i, 'a1', i, 's' || i, 'c1', '2026-12-11T14:00', i, 'UTC', 90, 'held', 0, i, i, 'ana', i, 'ana' ${each}`,
    sql`${numbers} insert into minutes (meeting_id, drafted_at, due_at, changed_at, quorum, room, note) select 'm' || i, i, i, i, 1, '[{"person":"ana","partner":"p1","role":"member","votes":true,"here":true}]', 'It was short' ${each}`,
    sql`${numbers} insert into preparation_notes (id, meeting_id, partner_id, person_id, text, at) select 'n' || i, 'm' || i, 'p1', 'ana', 'Ask for what ' || i || ' sites need', i ${each}`,
    sql`${numbers} insert into agenda_items (id, alliance_id, committee_id, meeting_id, position, kind, title, question, minutes, owner_id, status, proposed_by, proposed_for, proposed_at, spent_ms, note) select 'm' || i || 'i' || j, 'a1', 'c1', 'm' || i, j, 'decision', 'Site ' || j || ' of the trial in its year ' || i, 'Do we open site ' || j || ' before the others, and with which budget?', 20, 'ana', 'done', 'ana', 'p1', i, 60000, 'Everybody agreed that site ' || j || ' comes first' ${items}`,
    sql`${numbers} insert into agenda_papers (item_id, version, link, pages, person_id, at) select 'm' || i || 'i' || j, 1, 'https://papers.example/' || i || '/' || j, 12, 'ana', i ${items}`,
    sql`${numbers} insert into agenda_positions (item_id, person_id, partner_id, stance, condition, at) select 'm' || i || 'i' || j, 'ana', 'p1', 'if', 'the budget of site ' || j || ' stays as it is', i ${items}`,
    sql`${numbers} insert into history (alliance_id, seq, at, person_id, feature, subject_id, verb, detail, hash) select 'a1', ${Number(count)} + (i - 1) * 20 + j, i, 'ana', 'meetings', 'm' || i, 'item-proposed', '{"item":"m' || i || 'i' || j || '","title":"Site ' || j || ' of the trial in its year ' || i || '"}', 'x' ${items}`,
  ];
};

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
        ...(Number(meetings) > 0 ? meetingRows() : []),
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
