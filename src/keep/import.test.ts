import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { copyFor, fill, openFull } from '../../test/house/copies.js';
import type { House } from '../../test/house/house.js';
import { type Engine, eachEngine, type Open } from '../../test/stores.js';
import { openStore } from '../core/db/open.js';
import { features } from '../features/index.js';
import { type Imported, importCopy } from './import.js';
import { verify } from './verify.js';

const now = () => Date.UTC(2026, 11, 1, 9);

const makeFile = async (text: string | Buffer): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'entente-import-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const path = join(folder, 'copy.csv');
  await writeFile(path, text);
  return path;
};

const within = async <T>(url: string, work: (house: House) => Promise<T>): Promise<T> => {
  const store = await openStore(url);
  const house = await openFull(store);
  try {
    return await work(house);
  } finally {
    await house.reconciler.stop();
    await store.close();
  }
};

/** What Acme can take of a log with everything in it. */
const csvOfFull = async (open: Open): Promise<string> => {
  const house = await openFull(await open());
  onTestFinished(() => house.reconciler.stop());
  await fill(house);
  return (await copyFor(house, 'Acme Bio', 'csv')).toString();
};

/** A database with the same companies, people and committees, and nothing recorded. */
const emptyUrl = async (engine: Engine): Promise<string> => {
  const url = await engine.freshUrl();
  await within(url, async () => {});
  return url;
};

const take = (databaseUrl: string, path: string, dryRun = false): Promise<Imported> =>
  importCopy({ databaseUrl, features, now, path, dryRun });

eachEngine('taking a copy back', (open, engine) => {
  it('restores numbers, states, wordings and names, so that the next copy is the same', async () => {
    const csv = await csvOfFull(open);
    const path = await makeFile(csv);
    const url = await emptyUrl(engine);
    const dry = await take(url, path, true);
    expect(dry).toEqual({
      taken: true,
      text: 'All of it can be taken: 4 records would be imported into Acme and Nova. Nothing was changed.',
    });
    const { taken, text } = await take(url, path);
    expect([taken, text]).toEqual([true, expect.stringContaining('4 records were imported into Acme and Nova.')]);
    await within(url, async (house) => {
      expect((await copyFor(house, 'Acme Bio', 'csv')).toString()).toBe(csv);
      const next = await house.say('ana', 'decision The next one');
      expect(JSON.stringify(next.view)).toContain('Recorded as D-4');
    });
    expect(await verify(url, features, now, undefined)).toMatchObject({ sound: true });
  });

  it('changes nothing the second time', async () => {
    const path = await makeFile(await csvOfFull(open));
    const url = await emptyUrl(engine);
    await take(url, path);
    const before = await within(url, (house) => copyFor(house, 'Acme Bio', 'jsonl'));
    expect(await take(url, path)).toEqual({
      taken: true,
      text: 'Acme and Nova holds all 4 records of this file already, just as it tells them. Nothing was changed.',
    });
    const after = await within(url, (house) => copyFor(house, 'Acme Bio', 'jsonl'));
    expect(after.equals(before)).toBe(true);
  });

  it('refuses what collides with another record, and takes nothing then', async () => {
    const path = await makeFile(await csvOfFull(open));
    const url = await emptyUrl(engine);
    await within(url, async (house) => void (await house.say('ana', 'decision Something else')));
    expect(await take(url, path)).toEqual({
      taken: false,
      text: 'Line 2: D-1 is in the log already, and says something else.\nNothing was imported: one thing is in the way.',
    });
    await within(url, async (house) => {
      expect((await copyFor(house, 'Acme Bio', 'csv')).toString()).toContain('end of copy,,1,');
    });
  });

  it('keeps whoever is not known by name alone', async () => {
    const csv = (await csvOfFull(open)).replaceAll('Ben Ito', 'Eva Lind');
    const url = await emptyUrl(engine);
    const { text } = await take(url, await makeFile(csv));
    expect(text).toContain('kept by name alone, without an account: Eva Lind (Nova Pharma).');
    await within(url, async (house) => {
      expect((await copyFor(house, 'Acme Bio', 'csv')).toString()).toBe(csv);
    });
  });

  it('names every line that it cannot take, in words', async () => {
    const csv = await csvOfFull(open);
    const url = await emptyUrl(engine);
    const refused = async (text: string): Promise<string> => {
      const { taken, text: answer } = await take(url, await makeFile(text), true);
      expect(taken).toBe(false);
      return answer;
    };
    expect(await refused(csv.replace('committee,', 'comittee,'))).toBe(
      "Line 1: the column 'comittee' is not known.\nLine 1: the column 'committee' is missing.\nNothing was imported: 2 things are in the way.",
    );
    const lines = csv.trimEnd().split('\r\n');
    expect(await refused(lines.slice(0, -1).join('\r\n'))).toMatch(/^Line \d+: the file was cut off/);
    expect(await refused(csv.slice(0, csv.indexOf('weekly') + 3))).toMatch(/the file was cut off/);
    expect(await refused([...lines.slice(0, -2), lines.at(-1)].join('\r\n'))).toMatch(
      /here are \d: some were taken out/,
    );
    expect(await refused(csv.replaceAll(',JSC,', ',JDC,'))).toContain(
      'Line 2: there is no committee JDC. Add it first.',
    );
    expect(await refused(csv.replace('Nova Pharma', 'Zeta'))).toContain('there is no company Zeta in this alliance');
    expect(await refused(csv.replace(/2026-11-23T/, '2026-31-23T'))).toContain('is no moment such as');
    expect(await refused(csv.replace('D-2,decision,2', 'D-9,decision,2'))).toContain("'record' and 'number' disagree");
    expect(await refused(csv.replace(',agreed,', ',settled,'))).toContain("'settled' is no status of a decision");
    expect(await refused(csv.replace('Start in May', 'x'.repeat(2_001)))).toContain('its text is longer than 2,000');
    expect(await refused(csv.replace('Start in May', 'x'.repeat(4_500_000)))).toContain(
      'longer than any that a copy holds',
    );
    const twice = csv.replace(/\r\n/g, ',\r\n').replace('history,\r\n', 'history,text\r\n');
    expect(await refused(twice)).toContain("Line 1: the column 'text' stands there more than once.");
    expect(await refused('')).toContain('Line 1: the file is empty.');
  });

  it('refuses a gap in the numbers', async () => {
    const csv = await csvOfFull(open);
    const url = await emptyUrl(engine);
    const lines = csv.split('\r\n').filter((line) => !line.startsWith('D-2,'));
    const text = lines.join('\r\n').replace(/end of copy,,\d+/, 'end of copy,,3');
    expect((await take(url, await makeFile(text))).text).toContain(
      'D-2 is missing in the file, and numbers have no gaps.',
    );
  });

  it('cannot be used by spreadsheets to run what somebody wrote', async () => {
    const csv = await csvOfFull(open);
    expect(csv).toContain("'=weekly");
    expect(csv).toContain("'@everybody -1");
    expect(await readFile(await makeFile(csv), 'utf8')).toBe(csv);
  });
});
