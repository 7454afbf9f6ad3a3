import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { eachEngine } from './stores.js';

const measure = async (url: string, records: number) => {
  const script = fileURLToPath(new URL('./measured-copy.ts', import.meta.url));
  const words = ['--expose-gc', '--import', import.meta.resolve('tsx'), script, url, String(records)];
  const child = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'inherit'] });
  let out = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  expect(await once(child, 'close')).toEqual([0, null]);
  return JSON.parse(out) as { readonly added: number; readonly sizes: Readonly<Record<string, number>> };
};

/** The pages are the same size on both engines; the large one is measured where it takes the least time. */
const records = { sqlite: 100_000, postgres: 20_000 } as const;

eachEngine('a copy of a hundred thousand records', (_open, engine) => {
  it('is written in less than 150 MB of further memory', { timeout: 300_000 }, async () => {
    const count = records[engine.dialect];
    const { added, sizes } = await measure(await engine.freshUrl(), count);
    expect(added).toBeLessThan(150);
    // What each record takes at least, so that a copy that lost some would be noticed.
    expect(sizes.csv).toBeGreaterThan(count * 250);
    expect(sizes.jsonl).toBeGreaterThan(count * 600);
    expect(sizes.docx).toBeGreaterThan(count * 10);
  });
});
