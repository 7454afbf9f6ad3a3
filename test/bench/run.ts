/*
 * npm run bench              all of it, and writes the table into docs/bench.md
 * npm run bench -- --quick   a few calls of each, to see that it runs; writes nothing
 * npm run bench -- --search  only what finding a record costs; writes nothing
 * npm run bench -- --meetings  only what a thousand committees cost that meet in the same hour; writes nothing
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';
import { startPostgres } from '../postgres.js';
import { compileContenders } from './compile.js';
import type { Platforms } from './contenders/platforms.js';
import { type Row, tableOf } from './figures.js';
import {
  type Bench,
  measureCommands,
  measureDeliveries,
  measureMemory,
  measurePresses,
  measureStart,
} from './measures.js';
import { meetingMeasures } from './meetings.js';
import { startProcess } from './processes.js';
import { measureSearch } from './searching.js';

const quick = process.argv.includes('--quick');
const only = [
  ...(process.argv.includes('--search') ? [measureSearch] : []),
  ...(process.argv.includes('--meetings') ? meetingMeasures : []),
];
const page = fileURLToPath(new URL('../../docs/bench.md', import.meta.url));

const machine = (): string => {
  const memory = Math.round(totalmem() / 2 ** 30);
  return `${new Date().toISOString().slice(0, 10)}, ${cpus().length} cores, ${memory} GiB, Node ${process.versions.node}`;
};

const write = (rows: readonly Row[]): void => {
  const [before, rest = ''] = readFileSync(page, 'utf8').split('<!-- results -->\n');
  const [, after = ''] = rest.split('<!-- end of results -->');
  const results = `${machine()}; medians of five, ratios taken pair by pair.\n\n${tableOf(rows)}\n`;
  writeFileSync(page, `${before}<!-- results -->\n${results}<!-- end of results -->${after}`);
};

execFileSync('npm', ['run', '--silent', 'build'], { stdio: 'inherit' });
await compileContenders();
const postgres = await startPostgres({ durable: true });
const bench: Bench = {
  platforms: await startProcess<Platforms>('platforms'),
  load: await startProcess('load'),
  rounds: quick ? 1 : 5,
  share: quick ? 0.02 : 1,
  freshPostgres: () => postgres.create(),
};
const rows: Row[] = [];
const all = [
  measureCommands,
  measurePresses,
  measureDeliveries,
  measureSearch,
  ...meetingMeasures,
  measureMemory,
  measureStart,
];
for (const measure of only.length > 0 ? only : all) {
  const found = await measure(bench);
  rows.push(...found);
  for (const { what, bare, entente, ratio, goal } of found)
    console.log(
      `${what}: ${[bare && `bare ${bare}`, `Entente ${entente}`, ratio && `ratio ${ratio}`, goal && `goal ${goal}`].filter(Boolean).join(', ')}`,
    );
}
await Promise.all([bench.platforms.stop(), bench.load.stop(), postgres.stop()]);
if (!quick && only.length === 0) write(rows);
