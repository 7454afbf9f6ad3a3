import { mkdtemp, readdir, rm, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const memory = '/dev/shm';
const plenty = 2 ** 30;

/** Memory where there is plenty, since tests throw everything away; containers often have only 64 MB of it. */
const memoryFolder = async (): Promise<string | undefined> => {
  const found = await statfs(memory).catch(() => undefined);
  return found && found.bavail * found.bsize > plenty ? memory : undefined;
};

/** A folder for one run or test. Its name says which process made it, so that it can be swept when that was killed. */
export const makeScratch = async (what: string, where: 'memory' | 'disk' = 'memory'): Promise<string> => {
  const parent = (where === 'memory' && (await memoryFolder())) || tmpdir();
  return mkdtemp(join(parent, `entente-${what}-${process.pid}-`));
};

/** Removes what killed processes left. */
export const sweepScratch = async (): Promise<void> => {
  for (const parent of [memory, tmpdir()]) {
    for (const name of await readdir(parent).catch(() => [])) {
      const pid = /^entente-[a-z]+-(\d+)-\w{6}$/.exec(name)?.[1];
      if (pid && !isAlive(Number(pid))) {
        await rm(join(parent, name), { recursive: true, force: true }).catch(() => undefined);
      }
    }
  }
};

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
};
