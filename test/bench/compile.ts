/*
 * The contenders run as plain JavaScript: a loader that compiles while they run would cost each of them memory and time
 * that nobody has in production.
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { transformWithOxc } from 'vite';

const sources = import.meta.dirname;

/** Beside Entente as it is built. */
export const compiled = fileURLToPath(new URL('../../dist/bench/', import.meta.url));

export const compileContenders = async (): Promise<void> => {
  for (const file of readdirSync(sources, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.ts')) continue;
    const { code } = await transformWithOxc(readFileSync(join(sources, file), 'utf8'), file);
    const target = join(compiled, file.replace(/\.ts$/, '.js'));
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, code);
  }
};
