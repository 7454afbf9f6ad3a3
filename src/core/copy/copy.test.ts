import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { copyFor, fill, openFull } from '../../../test/house/copies.js';
import { makeScratch } from '../../../test/scratch.js';
import { eachEngine } from '../../../test/stores.js';
import { withFile } from '../spool.js';
import { closeCell, csvOf, openCell } from './csv.js';
import { readCsv } from './csv-read.js';
import type { Row } from './row.js';
import { escapeXml } from './word.js';

const makeFile = async (text: string): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'entente-csv-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const path = join(folder, 'copy.csv');
  await writeFile(path, text);
  return path;
};

const gathered = async <T>(items: AsyncIterable<T>): Promise<T[]> => {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
};

async function* each<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}

const words = fc.string({
  unit: fc.constantFrom('=', '+', '-', '@', "'", '"', ',', '\n', '\r', '\t', ' ', 'a', 'é', '😀'),
  minLength: 1,
  maxLength: 12,
});
const signature = fc.record({ name: words, company: words, at: fc.integer({ min: 0, max: 4e12 }) });
const happening = fc.record(
  {
    verb: words,
    at: fc.integer({ min: 0, max: 4e12 }),
    by: fc.record({ name: words, company: fc.oneof(words, fc.constant('')) }),
    told: fc.dictionary(fc.constantFrom('by', 'dueOn'), words, { maxKeys: 2, noNullPrototype: true }),
  },
  { requiredKeys: ['verb', 'at', 'told'] },
);
const versionOf = (number: number) =>
  fc.record(
    {
      number: fc.constant(number),
      text: words,
      because: words,
      insteadOf: words,
      reason: words,
      by: signature,
      confirmed: fc.array(signature, { maxLength: 2 }),
    },
    { requiredKeys: ['number', 'text', 'by', 'confirmed'] },
  );
const rowOf = (number: number): fc.Arbitrary<Row> =>
  fc.record(
    {
      id: fc.constant(''),
      kind: fc.constant('decision'),
      label: fc.constant(`D-${number}`),
      number: fc.constant(number),
      committee: words,
      own: words.filter((name) => name !== 'all'),
      status: words,
      saidAt: fc.integer({ min: 0, max: 4e12 }),
      versions: fc.oneof(fc.tuple(versionOf(1)), fc.tuple(versionOf(1), versionOf(2))) as fc.Arbitrary<Row['versions']>,
      facts: fc.dictionary(fc.constantFrom('owner', 'due'), words, { maxKeys: 2, noNullPrototype: true }),
      happened: fc.array(happening, { maxLength: 3 }),
    },
    { requiredKeys: ['id', 'kind', 'label', 'number', 'committee', 'status', 'versions', 'facts', 'happened'] },
  );

describe('the spreadsheet of a copy', () => {
  it('comes back exactly as it was written, whatever people wrote', async () => {
    const path = await makeFile('');
    await fc.assert(
      fc.asyncProperty(fc.tuple(rowOf(1), rowOf(2), rowOf(3)), async (rows) => {
        await writeFile(path, (await gathered(csvOf(each(rows)))).join(''));
        const read = await gathered(readCsv(path));
        expect(read.map((one) => ('row' in one ? one.row : one))).toEqual(rows);
      }),
      { numRuns: 150 },
    );
  });

  it('makes formulas harmless, and takes that back exactly', () => {
    for (const risky of ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', "'quoted"])
      expect(closeCell(risky)).toBe(`'${risky}`);
    for (const text of ['=1+1', "'quoted", 'plain', '', "it's"]) expect(openCell(closeCell(text))).toBe(text);
  });
});

describe('the document of a copy', () => {
  it('escapes what XML reads, and leaves out what it forbids', () => {
    expect(escapeXml('<a href="x">&\u0000\u0008\ud800\uffff\n')).toBe('&lt;a href=&quot;x&quot;&gt;&amp;\n');
    expect(escapeXml('😀')).toBe('😀');
  });
});

describe('a file on its way', () => {
  it('is gone once it is sent, and when sending it fails', async () => {
    // Of its own: other tests send files at the same time.
    const folder = await makeScratch('spool');
    vi.stubEnv('TMPDIR', folder);
    onTestFinished(() => {
      vi.unstubAllEnvs();
      return rm(folder, { recursive: true, force: true });
    });
    const sent = await withFile(each([Buffer.from('abc'), Buffer.from('def')]), async ({ size, read }) => [
      size,
      Buffer.concat(await gathered(read())).toString(),
      Buffer.concat(await gathered(read({ from: 1, until: 4 }))).toString(),
    ]);
    expect(sent).toEqual([6, 'abcdef', 'bcd']);
    const failing = withFile(each([Buffer.from('abc')]), () => Promise.reject(new Error('refused')));
    await expect(failing).rejects.toThrow('refused');
    expect(await readdir(folder)).toEqual([]);
  });
});

eachEngine('a copy for one company', (open) => {
  it('holds what all share and its own, and nothing of the other’s, in every format', async () => {
    const house = await openFull(await open());
    onTestFinished(() => house.reconciler.stop());
    await fill(house);
    const textOf = async (company: string): Promise<string> => {
      const parts = unzipSync(await copyFor(house, company, 'docx'));
      const document = strFromU8(parts['word/document.xml'] ?? new Uint8Array());
      return `${document}${await copyFor(house, company, 'csv')}${await copyFor(house, company, 'jsonl')}`;
    };
    const acme = await textOf('Acme Bio');
    const nova = await textOf('Nova Pharma');
    expect(acme).toContain('Ask for more money');
    expect(acme).not.toContain('Offer less');
    expect(nova).toContain('Offer less');
    expect(nova).not.toContain('Ask for more money');
    for (const copy of [acme, nova]) expect(copy.match(/Start in June/g)?.length).toBeGreaterThanOrEqual(3);
    const shared = (copy: string) => copy.split('\n').filter((line) => line.includes('"chain":"shared"'));
    expect(shared(acme)).toEqual(shared(nova));
    expect(acme).toContain('&lt;b&gt;too early&lt;/b&gt;');
  });
});
