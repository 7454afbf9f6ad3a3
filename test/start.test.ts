import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { complaintOf } from '../src/complaint.js';
import { ConfigError } from '../src/config.js';

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));

/** Starts Entente as an operator does, with nothing else in its environment. */
const start = async (env: Record<string, string>): Promise<{ code: number; said: string }> => {
  const folder = await mkdtemp(join(tmpdir(), 'entente-start-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const child = spawn(process.execPath, ['--import', import.meta.resolve('tsx'), main], {
    cwd: folder,
    env: { PATH: process.env.PATH, PORT: '0', HOST: '127.0.0.1', ...env },
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const [code] = await once(child, 'close');
  return { code, said };
};

const slack = { SLACK_BOT_TOKEN: 'xoxb-secret-token', SLACK_SIGNING_SECRET: 'signing-secret' };

it('does not start without its alliance file, and says so in one line', { timeout: 60_000 }, async () => {
  const [missing, folder] = await Promise.all([
    start({ ...slack, ALLIANCE_FILE: '/nowhere/alliance.yaml' }),
    start({ ...slack, ALLIANCE_FILE: tmpdir() }),
  ]);
  expect(missing).toEqual({
    code: 1,
    said: 'Entente cannot start. The file that ALLIANCE_FILE names cannot be read (ENOENT). Check the path, and who may read it.\n',
  });
  expect(folder).toMatchObject({ code: 1, said: expect.stringContaining('cannot be read (EISDIR)') });
});

it('does not start in production with nothing configured, nor without tokens checked', {
  timeout: 60_000,
}, async () => {
  const [nothing, anonymous] = await Promise.all([
    start({ NODE_ENV: 'production' }),
    start({ NODE_ENV: 'production', TEAMS_ANONYMOUS: '1' }),
  ]);
  expect([nothing.code, anonymous.code]).toEqual([1, 1]);
  expect(nothing.said).toContain('the sandbox does not run with NODE_ENV=production');
  expect(anonymous.said).toContain('TEAMS_ANONYMOUS takes calls without a token');
});

it('says what is wrong with its files before it does anything else', { timeout: 60_000 }, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'entente-start-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const file = join(folder, 'alliance.yaml');
  await writeFile(file, 'alliance: { name: what people wrote');
  const [alliance, database] = await Promise.all([
    start({ ...slack, ALLIANCE_FILE: file, DATABASE_URL: `file:${folder}/new/entente.db` }),
    start({ ...slack, DATABASE_URL: `file:${file}/entente.db` }),
  ]);
  expect(alliance).toEqual({
    code: 1,
    said: 'Entente cannot start. The alliance file is not YAML: line 1 cannot be read.\n',
  });
  expect(existsSync(join(folder, 'new'))).toBe(false);
  expect(database.code).toBe(1);
  expect(database.said).toMatch(/^Entente cannot start\. The database file cannot be opened \(\w+\)\. [^\n]*\n$/);
});

it('complains about our own mistakes with the way they came', () => {
  expect(complaintOf(new TypeError('x is not a function'))).toContain('at ');
  expect(complaintOf(new ConfigError(['PORT is wrong.']))).not.toContain('at ');
  expect(complaintOf('thrown')).toBe('thrown');
});
