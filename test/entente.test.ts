import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';

const path = (file: string): string => fileURLToPath(new URL(file, import.meta.url));

const makeFolder = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'entente-line-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
};

/** Runs a script as an operator does, with nothing else in its environment. */
const run = async (words: readonly string[], env: Record<string, string> = {}) => {
  const child = spawn(process.execPath, words, { cwd: await makeFolder(), env: { PATH: process.env.PATH, ...env } });
  let out = '';
  let err = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text;
  });
  const [code] = await once(child, 'close');
  return { code, out, err };
};

const source = ['--import', import.meta.resolve('tsx'), path('../src/entente.ts')];

it('says how it is built while it is not', async () => {
  const folder = await makeFolder();
  await mkdir(join(folder, 'bin'));
  await copyFile(path('../bin/entente.js'), join(folder, 'bin/entente.js'));
  expect(await run([join(folder, 'bin/entente.js'), 'doctor'])).toEqual({
    code: 1,
    out: '',
    err: 'Entente is not built yet. Run npm run build, then this again.\n',
  });
});

it('ends with 1 when something is broken, and with 0 when nothing is', { timeout: 60_000 }, async () => {
  const [mistaken, sound, reseal] = await Promise.all([
    run([...source, 'doctor'], { PORT: 'secret-in-the-wrong-place', SLACK_BOT_TOKEN: 'also-secret' }),
    run([...source, 'doctor', '--offline']),
    run([...source, 'reseal']),
  ]);
  expect(mistaken.code).toBe(1);
  expect(mistaken.out).toContain('PORT must be a number');
  expect(mistaken.out).toContain('SLACK_BOT_TOKEN must begin with xoxb-');
  expect(mistaken.out).toMatch(/things are broken\.\n$/u);
  expect(mistaken.out + mistaken.err).not.toContain('secret-in');
  expect(sound).toMatchObject({ code: 0, err: '' });
  expect(reseal).toEqual({
    code: 1,
    out: '',
    err: 'ENTENTE_SECRET is not set: it is the secret to seal with. Set it.\n',
  });
});
