/* What is measured, each beside the bare SDK doing nothing, in turns, so that a machine that drifts drifts for both. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EntenteOptions } from './contenders/entente.js';
import type { Load, LoadResult } from './contenders/load.js';
import type { Count, Platforms } from './contenders/platforms.js';
import { median, type Row, rounded } from './figures.js';
import { type Running, startProcess, type Usage } from './processes.js';
import { committees, slackAlliance } from './world.js';

export interface Bench {
  readonly platforms: Running<Platforms>;
  readonly load: Running<unknown>;
  readonly rounds: number;
  /** 1, or less for a short run. */
  readonly share: number;
  freshPostgres(): Promise<string>;
}

type Listening = Running<{ port: number }>;

export const freshSqlite = (): string => `file:${join(mkdtempSync(join(tmpdir(), 'entente-bench-')), 'bench.db')}`;

let sent = 0;

const run = async (bench: Bench, to: Listening, load: Omit<Load, 'port' | 'from'>): Promise<LoadResult> => {
  const from = sent;
  sent += load.calls;
  return bench.load.ask<LoadResult>('run', { port: to.ready.port, from, ...load } satisfies Load);
};

const startEntente = (bench: Bench, options: Omit<EntenteOptions, 'platforms'>): Promise<Listening> =>
  startProcess('entente', { platforms: bench.platforms.ready, ...options } satisfies EntenteOptions);

const ratioOf = (entente: readonly number[], bare: readonly number[]): string =>
  median(entente.map((value, round) => value / (bare[round] ?? Number.NaN))).toFixed(2);

/** Both contenders' medians, and how they compare pair by pair. */
const compared = (what: string, bare: readonly number[], entente: readonly number[], goal = ''): Row => ({
  what,
  bare: rounded(median(bare)),
  entente: rounded(median(entente)),
  ratio: ratioOf(entente, bare),
  goal,
});

/** Rounds of each contender in turn; the first round warms up and is not counted. */
const inTurns = async <T>(rounds: number, contenders: readonly (() => Promise<T>)[]): Promise<T[][]> => {
  const results: T[][] = contenders.map(() => []);
  for (let round = 0; round <= rounds; round += 1)
    for (const [index, contender] of contenders.entries()) {
      const result = await contender();
      if (round > 0) results[index]?.push(result);
    }
  return results;
};

/** Commands acknowledged per second, each durably committed, its cards going out meanwhile. */
export const measureCommands = async (bench: Bench): Promise<Row[]> => {
  const bare: Listening = await startProcess('bare-bolt');
  const sqlite = await startEntente(bench, { databaseUrl: freshSqlite(), deliveries: 'paced' });
  const held = await startEntente(bench, { databaseUrl: freshSqlite(), deliveries: 'held' });
  const postgres = await startEntente(bench, { databaseUrl: await bench.freshPostgres(), deliveries: 'paced' });
  const named: readonly (readonly [string, Listening])[] = [
    ['SQLite', sqlite],
    ['SQLite, deliveries held back', held],
    ['PostgreSQL', postgres],
  ];
  const rows: Row[] = [];
  for (const concurrency of [1, 16, 64]) {
    const calls = Math.round((concurrency === 1 ? 300 : 1_500) * bench.share);
    const take = (to: Listening, expect: string) => () => run(bench, to, { concurrency, calls, expect });
    const [none = [], ...ours] = await inTurns(bench.rounds, [
      take(bare, ''),
      ...named.map(([, to]) => take(to, 'Recorded as')),
    ]);
    for (const [index, results] of ours.entries())
      rows.push(...commandRows(named[index]?.[0] ?? '', concurrency, none, results));
  }
  await Promise.all([bare, sqlite, held, postgres].map((one) => one.stop()));
  return rows;
};

const commandRows = (
  engine: string,
  concurrency: number,
  bare: readonly LoadResult[],
  ours: readonly LoadResult[],
): Row[] => {
  const rates = (results: readonly LoadResult[]) => results.map((result) => result.perSecond);
  const slowest = (results: readonly LoadResult[]) => results.map((result) => result.p99Ms);
  const goal = engine === 'SQLite' && concurrency === 16;
  const what = `${engine}, ${concurrency} at once`;
  return [
    compared(`commands per second, ${what}`, rates(bare), rates(ours), goal ? '0.5 or more' : ''),
    compared(`p99 in ms, ${what}`, slowest(bare), slowest(ours), goal ? '3 or less' : ''),
  ];
};

/** Presses per second: *Confirm wording* of decisions that wait for it, answered with the new card. */
export const measurePresses = async (bench: Bench): Promise<Row[]> => {
  const calls = Math.round(500 * bench.share);
  const bare: Listening = await startProcess('bare-botbuilder', bench.platforms.ready);
  const entente = await startEntente(bench, { databaseUrl: freshSqlite(), deliveries: 'held' });
  await run(bench, entente, { concurrency: 16, calls: calls * (bench.rounds + 1), expect: 'Recorded as' });
  const waiting = await entente.ask<string[]>('unconfirmed');
  const { teamsUrl, authorization } = bench.platforms.ready;
  const press = (to: Listening, decisions: readonly string[], expect: string) =>
    run(bench, to, { concurrency: 16, calls, expect, presses: { decisions, teamsUrl, authorization } });
  const [none = [], ours = []] = await inTurns(bench.rounds, [
    () => press(bare, waiting.slice(0, calls), 'Pressed'),
    () => press(entente, waiting.splice(0, calls), 'Agreed'),
  ]);
  await Promise.all([bare.stop(), entente.stop()]);
  const rates = (results: readonly LoadResult[]) => results.map((result) => result.perSecond);
  return [compared('Action.Execute per second, SQLite, 16 at once', rates(none), rates(ours), '0.8 or more')];
};

const untilQuiet = async (bench: Bench): Promise<Count> => {
  let last: Count | undefined;
  for (;;) {
    const count = await bench.platforms.ask<Count>('count');
    if (last && count.calls > 0 && count.calls === last.calls) return count;
    last = count;
    await new Promise((resolve) => setTimeout(resolve, 1_500));
  }
};

/** Calls per second that put cards into sixteen channels, beside sixteen loops that post and wait. */
export const measureDeliveries = async (bench: Bench): Promise<Row[]> => {
  const decisions = Math.round(600 * bench.share);
  const poster = await startProcess('bare-posts', bench.platforms.ready);
  const perSecond = ({ calls, ms }: Count): number => (calls / ms) * 1_000;
  const [none = [], ours = []] = await inTurns(bench.rounds, [
    async () => {
      await bench.platforms.ask('reset');
      await poster.ask('post', { posts: decisions * 2, concurrency: committees * 2 });
      return perSecond(await bench.platforms.ask<Count>('count'));
    },
    async () => {
      const databaseUrl = freshSqlite();
      const held = await startEntente(bench, { databaseUrl, deliveries: 'held', alliance: slackAlliance() });
      await run(bench, held, { concurrency: 16, calls: decisions, expect: 'Recorded as', among: committees });
      await held.stop();
      await bench.platforms.ask('reset');
      const open = await startEntente(bench, { databaseUrl, deliveries: 'unpaced', alliance: slackAlliance() });
      const count = await untilQuiet(bench);
      await open.stop();
      return perSecond(count);
    },
  ]);
  await poster.stop();
  return [compared('deliveries per second, SQLite, 16 channels', none, ours, '0.7 or more')];
};

/** Resident memory while 50,000 commands are taken and their cards delivered. */
export const measureMemory = async (bench: Bench): Promise<Row[]> => {
  const entente = await startEntente(bench, { databaseUrl: freshSqlite(), deliveries: 'unpaced' });
  const steps = 20;
  const calls = Math.round((50_000 * bench.share) / steps);
  const rss: number[] = [];
  for (let step = 0; step < steps; step += 1) {
    await run(bench, entente, { concurrency: 16, calls, expect: 'Recorded as' });
    rss.push((await entente.ask<Usage>('usage')).rssMb);
  }
  await entente.stop();
  const half = rss.slice(steps / 2);
  const growth = median(half.slice(-3)) - median(half.slice(0, 3));
  const total = (calls * steps).toLocaleString('en');
  return [
    {
      what: `resident MB, most of ${total} commands`,
      bare: '',
      entente: rounded(Math.max(...rss)),
      ratio: '',
      goal: 'under 250',
    },
    { what: 'growth over the last half, MB', bare: '', entente: growth.toFixed(0), ratio: '', goal: 'none' },
  ];
};

/** From starting the process to its first answered command. */
export const measureStart = async (bench: Bench): Promise<Row[]> => {
  const timed = (start: () => Promise<Listening>, expect: string) => async (): Promise<number> => {
    const startedAt = performance.now();
    const one = await start();
    await run(bench, one, { concurrency: 1, calls: 1, expect });
    const ms = performance.now() - startedAt;
    await one.stop();
    return ms;
  };
  const [none = [], ours = []] = await inTurns(bench.rounds, [
    timed(() => startProcess('bare-bolt'), ''),
    timed(() => startEntente(bench, { databaseUrl: freshSqlite(), deliveries: 'held' }), 'Recorded as'),
  ]);
  return [compared('ms from start to first answer, SQLite', none, ours)];
};
