import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { eachEngine } from './stores.js';

const measure = async (url: string, records: number, meetings = 0) => {
  const script = fileURLToPath(new URL('./measured-copy.ts', import.meta.url));
  const words = ['--expose-gc', '--import', import.meta.resolve('tsx'), script, url, String(records), String(meetings)];
  const child = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'inherit'] });
  let out = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  expect(await once(child, 'close')).toEqual([0, null]);
  return JSON.parse(out) as {
    readonly added: number;
    readonly held: number;
    readonly sizes: Readonly<Record<string, number>>;
  };
};

/** COPY_RECORDS=100000 writes the large log that the limit of 150 MB is for. */
const count = Number(process.env.COPY_RECORDS ?? 20_000);

eachEngine('a copy of a large log', (_open, engine) => {
  it('is written page by page, and most of it is never in memory at once', { timeout: 600_000 }, async () => {
    const { added, held, sizes } = await measure(await engine.freshUrl(), count);
    expect(added).toBeLessThan(150);
    // What each record takes at least, so that a copy that lost some would be noticed.
    expect(sizes.csv).toBeGreaterThan(count * 250);
    expect(sizes.jsonl).toBeGreaterThan(count * 600);
    expect(sizes.docx).toBeGreaterThan(count * 10);
    // However many records there are: a file, or the records it is made of, would take more by itself.
    expect(held).toBeLessThan(12);
    expect(sizes.jsonl).toBeGreaterThan(12 * 1_024 * 1_024);
  });

  it('is so of hundreds of meetings with twenty items each', { timeout: 600_000 }, async () => {
    const { added, held, sizes } = await measure(await engine.freshUrl(), 1, 500);
    // What the process took from the system besides: rows are wider, and it gives little of it back.
    expect(added).toBeLessThan(250);
    expect(sizes.csv).toBeGreaterThan(500 * 20 * 500);
    expect(sizes.jsonl).toBeGreaterThan(500 * 20 * 700);
    expect(held).toBeLessThan(12);
  });
});
