/*
 * What it costs when a thousand committees meet in the same hour: the final brief of each on its card, and link and
 * agenda to each of its twelve people, all due at one moment, while people go on with their commands.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { openStore } from '../../src/core/db/open.js';
import type { Store } from '../../src/core/db/store.js';
import { parseAlliance } from '../../src/core/directory/alliance-file.js';
import { loadAllianceFile } from '../../src/core/directory/load.js';
import { directoryTables } from '../../src/core/directory/tables.js';
import type { AllianceId, Instant } from '../../src/core/ids.js';
import { wakeTables } from '../../src/core/wake-tables.js';
import { createWork } from '../../src/core/work.js';
import { saveAttendance } from '../../src/features/meetings/attendance-store.js';
import { armMeeting } from '../../src/features/meetings/countdown-store.js';
import type { Meeting } from '../../src/features/meetings/rules.js';
import { insertMeeting } from '../../src/features/meetings/store.js';
import { rates } from '../../src/platforms/slack/limits.js';
import type { EntenteOptions, Ringing } from './contenders/entente.js';
import type { Load, LoadResult } from './contenders/load.js';
import { type Row, rounded } from './figures.js';
import { type Bench, freshSqlite } from './measures.js';
import { type Running, startProcess } from './processes.js';
import { meetingsAlliance, SEATS } from './world.js';

const ALLIANCES = 100;
/** Of each alliance. */
const COMMITTEES = 10;
const HOUR_MS = 3_600_000;
/** People who type at the same time, and how many commands are measured together. */
const CONCURRENCY = 4;
const CALLS = 200;
/** Channels in which so many cards of the commands wait that the meeting's comes too late to count. */
const COMMAND_LANES = 2;
/** Between two lots of commands while the platforms' limits are waited for. */
const PAUSE_MS = 1_000;

/** A meeting of each committee of an alliance, an hour from now. */
const planMeetings = (store: Store, alliance: AllianceId, now: Instant): Promise<void> =>
  store.write(
    async (tx) => {
      const work = createWork({
        ...{ tx, now, newId: randomUUID, alliance, feature: 'meetings', features: new Map() },
        derive: () => new Uint8Array(32),
      });
      for (const { id } of await work.directory.committees(alliance)) {
        const meeting: Meeting = {
          ...{ id: randomUUID(), alliance, series: randomUUID(), committee: id, minutes: 60, zone: 'Europe/Zurich' },
          ...{ number: await work.nextNumber('M'), original: '2026-12-11T14:00', startsAt: now + HOUR_MS },
          ...{ status: 'planned', sequence: 0, changedAt: now, place: 'https://meet.example/room' },
        };
        await insertMeeting(tx, meeting);
        // Who says so comes on any day: on one that is off nobody else is reminded.
        for (const { person, partner } of await work.directory.seats(id))
          await saveAttendance(tx, meeting.id, { person, partner, answer: 'coming', answeredAt: now });
        await armMeeting(meeting, work, ['topics', 'papers', 'positions', 'internal', 'end']);
      }
      const { wakes } = wakeTables(tx);
      // Nothing rings before it is told to.
      await tx.update(wakes).set({ dueAt: now + HOUR_MS });
      // Who reads the channels is another question than this one.
      await tx.update(directoryTables(tx).channels).set({ surveyedAt: now + HOUR_MS });
    },
    { scope: alliance, timeoutMs: 60_000 },
  );

const fill = async (databaseUrl: string, alliances: number): Promise<void> => {
  const store = await openStore(databaseUrl);
  const now = Date.now();
  for (let number = 0; number < alliances; number += 1) {
    const file = parseAlliance(meetingsAlliance(number, COMMITTEES));
    await planMeetings(store, (await loadAllianceFile(store, file, randomUUID, now)) as AllianceId, now);
  }
  await store.close();
};

type Entente = Running<{ port: number }>;

let sent = 1_000_000;

const say = (bench: Bench, to: Entente): Promise<LoadResult> => {
  const from = sent;
  sent += CALLS;
  const load: Load = { port: to.ready.port, from, calls: CALLS, concurrency: CONCURRENCY, expect: 'Recorded as' };
  return bench.load.ask<LoadResult>('run', load);
};

const worst = (results: readonly LoadResult[]): number => Math.max(...results.map(({ p99Ms }) => p99Ms));

interface Taken {
  readonly wished: number;
  readonly shown: number;
  readonly whileWishing: readonly LoadResult[];
  readonly whileShowing: readonly LoadResult[];
}

/** Rings everything, and goes on with commands until all of it is wished, and then until all of it is shown. */
const ringAll = async (bench: Bench, entente: Entente): Promise<Taken> => {
  const whileWishing: LoadResult[] = [];
  const whileShowing: LoadResult[] = [];
  const startedAt = performance.now();
  const seconds = () => (performance.now() - startedAt) / 1_000;
  await entente.ask('ring');
  let wished: number | undefined;
  for (;;) {
    const result = await say(bench, entente);
    const { wakes, behind } = await entente.ask<Ringing>('ringing');
    if (wished === undefined) whileWishing.push(result);
    else whileShowing.push(result);
    if (wakes === 0) wished ??= seconds();
    if (wished !== undefined && behind <= COMMAND_LANES)
      return { wished, shown: seconds(), whileWishing, whileShowing };
    if (wished !== undefined) await sleep(PAUSE_MS);
  }
};

/** Seconds that a platform's limits alone take for so many calls of a kind to one workspace. */
const byLimit = (calls: number, { calls: most, perMs }: { readonly calls: number; readonly perMs: number }): number =>
  (Math.ceil(calls / most) - 1) * (perMs / 1_000);

const limitRows = (alliances: number): Row[] => {
  const people = (COMMITTEES * SEATS) / 2;
  const posts = people + COMMITTEES;
  const row = (what: string, workspaces: number): Row => {
    const post = byLimit((posts * alliances * 2) / workspaces, rates['chat.postMessage'].workspace);
    return { what, bare: '', entente: rounded(post), ratio: '', goal: 'under an hour' };
  };
  return [
    row(`seconds that Slack's limits take for all of it, ${alliances * 2} workspaces`, alliances * 2),
    row("seconds that Slack's limits take for all of it, 2 workspaces", 2),
  ];
};

const measure = async (bench: Bench, engine: string, databaseUrl: string, alliances: number): Promise<Row[]> => {
  await fill(databaseUrl, alliances);
  const entente: Entente = await startProcess('entente', {
    ...{
      platforms: bench.platforms.ready,
      databaseUrl,
      deliveries: 'paced',
      alliance: meetingsAlliance(0, COMMITTEES),
    },
  } satisfies EntenteOptions);
  await say(bench, entente);
  const quiet: LoadResult[] = [];
  for (let round = 0; round < 5; round += 1) quiet.push(await say(bench, entente));
  const { wished, shown, whileWishing, whileShowing } = await ringAll(bench, entente);
  await entente.stop();
  const committees = alliances * COMMITTEES;
  const of = `${committees.toLocaleString('en')} committees of ${SEATS}, ${engine}`;
  const p99 = (when: string, results: readonly LoadResult[]): Row => ({
    what: `worst p99 in ms of ${CALLS} commands, ${CONCURRENCY} at once, while ${when} (bare: before), ${of}`,
    bare: rounded(worst(quiet)),
    entente: rounded(worst(results)),
    ratio: (worst(results) / worst(quiet)).toFixed(2),
    goal: 'under 100 ms',
  });
  return [
    p99('all reminders are planned', whileWishing),
    ...(whileShowing.length > 0 ? [p99('they are sent', whileShowing)] : []),
    { what: `seconds until all reminders are planned, ${of}`, bare: '', entente: rounded(wished), ratio: '', goal: '' },
    { what: `seconds until all are sent, ${of}`, bare: '', entente: rounded(shown), ratio: '', goal: '' },
  ];
};

const alliancesOf = ({ share }: Bench): number => Math.max(1, Math.round(ALLIANCES * share));

/** Each by itself, since each takes as long as the platforms' limits do. */
export const meetingMeasures: readonly ((bench: Bench) => Promise<Row[]>)[] = [
  (bench) => measure(bench, 'SQLite', freshSqlite(), alliancesOf(bench)),
  async (bench) => measure(bench, 'PostgreSQL', await bench.freshPostgres(), alliancesOf(bench)),
  async (bench) => limitRows(alliancesOf(bench)),
];
